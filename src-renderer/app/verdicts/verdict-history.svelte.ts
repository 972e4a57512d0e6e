import { SvelteSet } from 'svelte/reactivity';
import { samePairKey } from '../../../src-main/contract/judged-pairs.ts';
import type { JudgedPicture, Verdict, VerdictKind } from '../../../src-main/contract/verdicts.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { isoTime } from './iso-time.ts';
import type { JudgedPictures } from './judged-pictures.svelte.ts';
import type { Notices } from '../window/notices.svelte.ts';
import type { Edit, UndoHistory } from '../undo/undo-history.svelte.ts';

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
  /** The step as an edit of the window's undo history. */
  readonly edit: Edit;
}

/** What a person says of a pair. */
interface Judgement {
  readonly verdict: VerdictKind;
  readonly note: string;
  /** The run that suggested the pair. */
  readonly run: number | null;
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
  /** `samePairKey` of the pairs that were passed over. */
  readonly skipped = new SvelteSet<string>();
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
    const time = isoTime(this.#around.now());
    this.#add(pair, { pair: [...pair], verdict, note, run, time }, false);
  }

  takeBack(pair: ShownPair): void {
    this.#add(pair, null, false);
  }

  /** Passes a pair over; undone like a verdict. */
  skip(pair: ShownPair): void {
    this.#add(pair, this.#verdictOn(pair), true);
  }

  clear(): void {
    this.done = [];
    this.skipped.clear();
  }

  #add(pair: ShownPair, after: Verdict | null, isSkip: boolean): void {
    const names = pair.map(({ hash, path }) => `“${path ?? hash.slice(0, 12)}”`).join(' and ');
    const edit: Edit = {
      name: isSkip ? `passing over ${names}` : `the verdict on ${names}`,
      undo: () => this.#revert(step),
      redo: () => this.#make(step),
    };
    const step: VerdictStep = { pair, before: this.#verdictOn(pair), after, isSkip, edit };
    this.#make(step);
    this.#around.undoHistory.add(edit);
  }

  #make(step: VerdictStep): void {
    this.done = [...this.done, step];
    if (step.isSkip) this.skipped.add(keyOf(step.pair));
    else {
      this.skipped.delete(keyOf(step.pair));
      this.#save(step.pair, step.after);
    }
  }

  #revert(step: VerdictStep): void {
    this.done = this.done.filter((one) => one !== step);
    if (step.isSkip) this.skipped.delete(keyOf(step.pair));
    else this.#save(step.pair, step.before);
  }

  #verdictOn([first, second]: ShownPair): Verdict | null {
    return this.#around.judged.pairs.own(first.hash, second.hash);
  }

  #save(pair: ShownPair, verdict: Verdict | null): void {
    const hashes: [string, string] = [pair[0].hash, pair[1].hash];
    const before = this.#saved;
    this.#saved = this.#around.judged
      .showAhead(hashes, verdict, async () => {
        await before;
        await this.#send(hashes, verdict);
      })
      .catch((error: unknown) => this.#around.notices.fail(error));
  }

  async #send(pair: [string, string], verdict: Verdict | null): Promise<void> {
    if (verdict === null) await this.#around.connection.call('verdicts.remove', { pair });
    else {
      const { verdict: kind, note, run, time } = verdict;
      await this.#around.connection.call('verdicts.set', {
        pair,
        verdict: kind,
        note,
        time,
        ...(run !== null && { run }),
      });
    }
  }
}

function keyOf([first, second]: ShownPair): string {
  return samePairKey(first.hash, second.hash);
}
