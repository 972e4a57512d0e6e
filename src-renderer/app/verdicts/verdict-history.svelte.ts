import { SvelteSet } from 'svelte/reactivity';
import { largeJoins, type JoinedGroups } from '../../../src-main/contract/joined-groups.ts';
import { samePairKey } from '../../../src-main/contract/judged-pairs.ts';
import type { JudgedPicture, Verdict, VerdictKind } from '../../../src-main/contract/verdicts.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { isoTime } from './iso-time.ts';
import type { JudgedPictures } from './judged-pictures.svelte.ts';
import type { Notices } from '../window/notices.svelte.ts';
import type { Edit, UndoHistory } from '../undo/undo-history.svelte.ts';
import { sendVerdicts, type PairChange } from './send-verdicts.ts';
import { namesOf } from './pair-words.ts';
import { sentenceOf } from './verdict-words.ts';

/** Two pictures in the order in which they were shown. */
export type ShownPair = readonly [JudgedPicture, JudgedPicture];

/**
 * One thing that was done to a pair: a verdict given, changed or taken back, or the pair skipped.
 */
export interface VerdictStep {
  readonly pair: ShownPair;
  readonly before: Verdict | null;
  readonly after: Verdict | null;
  readonly isSkip: boolean;
  /** The step as an edit of the window's undo history; steps made at once have one in common. */
  readonly edit: Edit;
}

/** What a person says of a pair. */
interface Judgement {
  readonly verdict: VerdictKind;
  readonly note: string;
  /** The run that suggested the pair. */
  readonly run: number | null;
}

/** What becomes of the verdict on a pair. */
type Change = Pick<VerdictStep, 'pair' | 'after'>;

/** What was judged last, in a sentence. */
export interface VerdictNews {
  readonly text: string;
  /** The large groups that it joined. */
  readonly joins: readonly JoinedGroups[];
  readonly edit: Edit;
}

interface Surroundings {
  readonly connection: Connection;
  readonly judged: JudgedPictures;
  readonly notices: Notices;
  readonly undoHistory: UndoHistory;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Every verdict given in this window, on whatever page, among the window's changes: each can be
 * taken back and made again. A change is shown at once; the engine saves the changes one after the
 * other.
 */
export class VerdictHistory {
  /** What was done and not taken back, the latest last. */
  done = $state.raw<readonly VerdictStep[]>([]);
  /** What was judged last and not taken back. */
  news = $state.raw<VerdictNews | null>(null);
  /** `samePairKey` of the pairs that were passed over. */
  readonly skipped = new SvelteSet<string>();
  /** Called with every verdict, to tell the user of it. */
  onNews: (news: VerdictNews) => void = () => undefined;
  /** Two groups that a verdict joined, while they are looked at; and that verdict as an edit. */
  lookedAt = $state.raw<(JoinedGroups & { readonly edit: Edit }) | null>(null);
  readonly #around: Surroundings;
  #saved: Promise<void> = Promise.resolve();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Settles when the engine has saved every change so far. */
  get saved(): Promise<void> {
    return this.#saved;
  }

  judge(pair: ShownPair, { verdict, note, run }: Judgement): void {
    const after: Verdict = { pair: [...pair], verdict, note, run, time: this.#time() };
    const joins = this.#joins([{ pair, after }]);
    this.#add([{ pair, after }], `the verdict on ${namesOf(pair)}`);
    this.#tell(`${namesOf(pair)}: ${sentenceOf(after)}.`, joins);
  }

  /** Judges many pairs in one edit, with its name for "undo" and the sentence that tells of it. */
  judgeAll(
    pairs: readonly ShownPair[],
    judgement: Judgement,
    { name, text }: { readonly name: string; readonly text: string },
  ): void {
    if (pairs.length === 0) return;
    const time = this.#time();
    const changes = pairs.map((pair): Change => {
      return { pair, after: { pair: [...pair], ...judgement, time } };
    });
    const joins = this.#joins(changes);
    this.#add(changes, name);
    this.#tell(text, joins);
  }

  takeBack(pair: ShownPair): void {
    this.#add([{ pair, after: null }], `taking back the verdict on ${namesOf(pair)}`);
    this.#tell(`${namesOf(pair)}: the verdict is taken back.`);
  }

  /** Deletes the verdicts on many pairs in one edit. */
  takeAllBack(pairs: readonly ShownPair[]): void {
    const [only] = pairs;
    if (only === undefined) return;
    if (pairs.length === 1) {
      this.takeBack(only);
      return;
    }
    this.#add(
      pairs.map((pair) => ({ pair, after: null })),
      `deleting ${pairs.length} verdicts`,
    );
    this.#tell(`${pairs.length} verdicts are deleted.`);
  }

  /** Passes a pair over; undone like a verdict. */
  skip(pair: ShownPair): void {
    this.#add([{ pair, after: this.#verdictOn(pair) }], `passing over ${namesOf(pair)}`, true);
  }

  /** Whether a pair (`samePairKey`) was judged the same again in this window, as it was before. */
  isConfirmed(key: string): boolean {
    return this.done.some(
      ({ pair, before, after, isSkip }) =>
        !isSkip && before?.verdict === 'same' && after?.verdict === 'same' && keyOf(pair) === key,
    );
  }

  clear(): void {
    this.done = [];
    this.news = null;
    this.lookedAt = null;
    this.skipped.clear();
  }

  #time(): string {
    return isoTime(this.#around.now());
  }

  /** The large groups that changes join, before they are made. */
  #joins(changes: readonly Change[]): JoinedGroups[] {
    const given = changes.flatMap(({ pair: [first, second], after }) =>
      after === null ? [] : [{ hashA: first.hash, hashB: second.hash, verdict: after.verdict }],
    );
    return largeJoins(this.#around.judged.list, given);
  }

  #tell(text: string, joins: readonly JoinedGroups[] = []): void {
    const edit = this.#around.undoHistory.latest;
    if (edit === null) return;
    this.news = { text, joins, edit };
    this.onNews(this.news);
  }

  #add(changes: readonly Change[], name: string, isSkip = false): void {
    const edit: Edit = {
      name,
      undo: () => this.#revert(steps),
      redo: () => this.#make(steps),
    };
    const steps = changes.map(({ pair, after }): VerdictStep => {
      return { pair, before: this.#verdictOn(pair), after, isSkip, edit };
    });
    this.#make(steps);
    this.#around.undoHistory.add(edit);
  }

  #make(steps: readonly VerdictStep[]): void {
    this.done = [...this.done, ...steps];
    for (const { pair, isSkip } of steps) {
      if (isSkip) this.skipped.add(keyOf(pair));
      else this.skipped.delete(keyOf(pair));
    }
    this.#save(steps, ({ after }) => after);
  }

  #revert(steps: readonly VerdictStep[]): void {
    const edit = steps[0]?.edit;
    this.done = this.done.filter((one) => one.edit !== edit);
    if (this.news?.edit === edit) this.news = null;
    for (const { pair, isSkip } of steps) {
      if (isSkip) this.skipped.delete(keyOf(pair));
    }
    this.#save(steps, ({ before }) => before);
  }

  #verdictOn([first, second]: ShownPair): Verdict | null {
    return this.#around.judged.pairs.own(first.hash, second.hash);
  }

  #save(steps: readonly VerdictStep[], verdictOf: (step: VerdictStep) => Verdict | null): void {
    const changes = steps
      .filter(({ isSkip }) => !isSkip)
      .map((step): PairChange => {
        const [first, second] = step.pair;
        return { pair: [first.hash, second.hash], verdict: verdictOf(step) };
      });
    if (changes.length === 0) return;
    const before = this.#saved;
    this.#saved = this.#around.judged
      .showAhead(changes, async () => {
        await before;
        await sendVerdicts(this.#around.connection, changes);
      })
      .catch((error: unknown) => this.#around.notices.fail(error));
  }
}

function keyOf([first, second]: ShownPair): string {
  return samePairKey(first.hash, second.hash);
}
