import { samePairKey } from '../../../src-main/contract/judged-pairs.ts';
import type {
  FalseNegativeRate,
  FalsePushShare,
  QueueOrder,
  VerdictQueue,
} from '../../../src-main/contract/verdict-queue.ts';
import type { JudgedPicture, VerdictKind } from '../../../src-main/contract/verdicts.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import type { JudgedPictures } from './judged-pictures.svelte.ts';
import { QueueFilter } from './queue-filter.svelte.ts';
import { latestOnly, type LatestOnly } from '../../connection/latest-only.ts';
import { keyOfPair, withNumbers, type PairToJudge, type ReviewPair } from './review-pair.ts';
import type { ShownPair, VerdictHistory } from './verdict-history.svelte.ts';

const pairsAtOnce = 50;
/** The random order that the estimate counts is always the same one. */
const randomSeed = 1;

/** Pairs that another page wants judged. */
interface GivenPairs {
  readonly title: string;
  readonly pairs: readonly PairToJudge[];
}

interface Wanted {
  readonly run: number;
  readonly order: QueueOrder;
  readonly limit: number;
  /** Which wish to read the queue it answers. */
  readonly wish: number;
}

interface Surroundings {
  readonly connection: Connection;
  readonly judged: JudgedPictures;
  readonly history: VerdictHistory;
  /** Brings the Review page on screen. */
  readonly goThere: () => void;
  /** A picture's path in the library, null where it has none. */
  readonly pathOf: (hash: string) => string | null;
  /** What is selected in Explore, by sample id. */
  readonly focus: { readonly selection: ReadonlySet<number> };
}

/** The pairs to judge, one of them on screen. */
export class Review {
  order = $state<QueueOrder>('matter');
  readonly filter = new QueueFilter();
  given = $state.raw<GivenPairs | null>(null);
  pairs = $state.raw<readonly ReviewPair[]>([]);
  /** Where the shares come from. */
  source = $state<VerdictQueue['source']>('explanation');
  /** The run and order whose queue is shown; null when none is, or when it is to be read again. */
  shownQueue = $state.raw<Pick<Wanted, 'run' | 'order'> | null>(null);
  /** How often the queue was to be read anew, and what of that its last answer knew. */
  wish = $state(0);
  answered = $state(0);
  isBusy = $state(false);
  /** How many pairs their label settles; null where pairs of one label are asked, and before an answer. */
  settledByLabel = $state.raw<VerdictQueue['settledByLabel']>(null);
  /** Why the order finds no pairs, a sentence; empty where it can. */
  remark = $state('');
  /** Whether the next answer goes to the pairs like the one on screen too. */
  isForAlike = $state(false);
  rate = $state.raw<FalseNegativeRate | null>(null);
  pushShare = $state.raw<FalsePushShare | null>(null);
  /** The conflict that is shown in place of a pair, by its index in the list; null for none. */
  openConflict = $state<number | null>(null);
  /** What is to be noted with the verdict on the pair on screen. */
  note = $state('');
  /** The training that was started with these verdicts last. */
  trainedAgain = $state.raw<{
    readonly job: number;
    readonly name: string;
    /** The number of the run that was trained again. */
    readonly from: number;
  } | null>(null);
  /** `samePairKey` of the pair on screen; null behind the last one. */
  #shown = $state<string | null>(null);
  readonly current: ReviewPair | null = $derived(
    this.pairs.find((pair) => keyOfPair(pair) === this.#shown) ?? null,
  );
  /** Whether the pairs are judged the same, and are to be looked at again. */
  readonly areLinks: boolean = $derived(this.given === null && this.shownQueue?.order === 'links');
  readonly openCount: number = $derived(this.pairs.filter((pair) => this.isOpen(pair)).length);
  readonly #around: Surroundings;
  readonly #loadQueue: LatestOnly<Wanted>;
  readonly #loadRate: LatestOnly<number>;
  readonly #loadPushShare: LatestOnly<number>;

  constructor(around: Surroundings) {
    this.#around = around;
    const { connection } = around;
    this.#loadQueue = latestOnly(
      ({ run, order, limit }: Wanted) =>
        connection.call('verdicts.queue', {
          ...{ run, order, limit, seed: randomSeed },
          ...this.filter.take(around.focus.selection),
        }),
      ({ pairs, source, settledByLabel, remark }, { run, order, wish }) => {
        this.answered = wish;
        this.settledByLabel = settledByLabel;
        this.remark = remark;
        this.shownQueue = { run, order };
        this.pairs = pairs.filter((pair) => !around.history.skipped.has(keyOfPair(pair)));
        this.source = source;
        this.#showFirst();
      },
    );
    this.#loadRate = latestOnly(
      (run: number) => connection.call('verdicts.rate', { run, seed: randomSeed }),
      (rate) => (this.rate = rate),
    );
    this.#loadPushShare = latestOnly(
      (run: number) => connection.call('verdicts.pushShare', { run, seed: randomSeed }),
      (share) => (this.pushShare = share),
    );
  }

  /** Opens the page on these pairs, in their order, instead of a queue of a run. */
  open(pairs: readonly PairToJudge[], title: string): void {
    this.#loadQueue.drop();
    this.given = { title, pairs };
    const pictureOf = (hash: string): JudgedPicture => ({ hash, path: this.#around.pathOf(hash) });
    this.pairs = pairs.map(({ anchor, candidate, reason = '' }) => ({
      anchor: pictureOf(anchor),
      candidate: pictureOf(candidate),
      reason,
    }));
    this.#showFirst();
    this.#around.goThere();
  }

  /** Back from given pairs to the queue of a run. */
  closeGiven(): void {
    this.given = null;
    this.shownQueue = null;
  }

  /** Has the queue of the run read anew, with the filter and the rules as they are. */
  readAgain(): void {
    this.wish += 1;
  }

  /**
   * Reads the queue of a run; more pairs are asked for in place of those skipped in this window.
   */
  async load(run: number): Promise<void> {
    const { order } = this;
    this.isBusy = true;
    try {
      const limit = Math.min(200, pairsAtOnce + this.#around.history.skipped.size);
      await this.#loadQueue({ run, order, limit, wish: this.wish });
    } finally {
      this.isBusy = false;
    }
  }

  /** Reads the numbers of the given pairs from a run that has embedded them. */
  async describeGiven(run: number): Promise<void> {
    const asked = this.given;
    for (let first = 0; first < this.pairs.length && this.given === asked; first += pairsAtOnce) {
      await this.#describe(run, this.pairs.slice(first, first + pairsAtOnce));
    }
  }

  /** Reads both estimates from the verdicts on the pairs of a run. */
  async refreshEstimates(run: number): Promise<void> {
    await Promise.all([this.#loadRate(run), this.#loadPushShare(run)]);
  }

  /** Whether a pair is still to be looked at: not skipped, and settled by no verdict or a link. */
  isOpen(pair: ReviewPair): boolean {
    const { judged, history } = this.#around;
    if (history.skipped.has(keyOfPair(pair))) return false;
    const [first, second] = [pair.anchor.hash, pair.candidate.hash];
    if (this.areLinks) {
      const isSame = judged.pairs.own(first, second)?.verdict === 'same';
      return isSame && !history.isConfirmed(keyOfPair(pair));
    }
    return judged.pairs.settled(first, second) === null;
  }

  answer(verdict: VerdictKind, run: number | null): void {
    const pair = this.current;
    if (!pair) return;
    this.#around.history.judge([pair.anchor, pair.candidate], { verdict, note: this.note, run });
    this.advance();
  }

  skip(): void {
    const pair = this.current;
    if (!pair) return;
    this.#around.history.skip([pair.anchor, pair.candidate]);
    this.advance();
  }

  /** Looks at every skipped pair of this list again. */
  reopenSkipped(): void {
    for (const pair of this.pairs) this.#around.history.skipped.delete(keyOfPair(pair));
    this.#showFirst();
  }

  /** The next pair that is open, behind the present one or before it; null where none is. */
  next(): ReviewPair | null {
    return this.#openFrom(this.#at() + 1)[0] ?? null;
  }

  /** The open pairs that come next, to have their pictures ready. */
  upcoming(count: number): ReviewPair[] {
    return this.#openFrom(this.#at() + 1).slice(0, count);
  }

  advance(): void {
    this.#turnTo(this.next());
  }

  /** To the pair before or behind, judged or not. */
  step(direction: 1 | -1): void {
    const from = this.#shown === null ? this.pairs.length : this.#at();
    this.#turnTo(this.pairs[from + direction] ?? this.current);
  }

  choose(pair: ReviewPair): void {
    this.#turnTo(pair);
  }

  /** Brings a pair on screen that need not be in the list. */
  async show([anchor, candidate]: ShownPair, run: number | null): Promise<void> {
    const key = samePairKey(anchor.hash, candidate.hash);
    const listed = this.pairs.find((pair) => keyOfPair(pair) === key);
    if (listed) {
      this.#turnTo(listed);
      return;
    }
    const pair: ReviewPair = { anchor, candidate, reason: '' };
    const at = Math.max(0, this.#at());
    this.pairs = [...this.pairs.slice(0, at), pair, ...this.pairs.slice(at)];
    this.#turnTo(pair);
    if (run !== null) await this.#describe(run, [pair]);
  }

  clear(): void {
    this.#loadQueue.drop();
    this.#loadRate.drop();
    this.#loadPushShare.drop();
    this.given = null;
    this.pairs = [];
    this.shownQueue = null;
    this.rate = null;
    this.pushShare = null;
    this.trainedAgain = null;
    this.filter.clear();
    this.settledByLabel = null;
    this.remark = '';
    this.#turnTo(null);
  }

  #at(): number {
    return this.pairs.findIndex((pair) => keyOfPair(pair) === this.#shown);
  }

  #openFrom(at: number): ReviewPair[] {
    const inTurn = [...this.pairs.slice(at), ...this.pairs.slice(0, at)];
    return inTurn.filter((pair) => this.isOpen(pair) && keyOfPair(pair) !== this.#shown);
  }

  #showFirst(): void {
    this.#turnTo(this.pairs.find((pair) => this.isOpen(pair)) ?? null);
  }

  #turnTo(pair: ReviewPair | null): void {
    this.openConflict = null;
    this.isForAlike = false;
    this.#shown = pair && keyOfPair(pair);
    const own = pair && this.#around.judged.pairs.own(pair.anchor.hash, pair.candidate.hash);
    this.note = own?.note ?? '';
  }

  async #describe(run: number, pairs: readonly ReviewPair[]): Promise<void> {
    const isHere = ({ hash }: JudgedPicture): boolean => this.#around.pathOf(hash) !== null;
    const asked = pairs.filter(({ anchor, candidate }) => isHere(anchor) && isHere(candidate));
    if (asked.length === 0) return;
    const answer = await this.#around.connection.call('verdicts.queue', {
      run,
      pairs: asked.map(({ anchor, candidate }) => [anchor.hash, candidate.hash]),
    });
    this.pairs = withNumbers(this.pairs, asked, answer.pairs);
  }
}
