import type {
  ComparedRun,
  ComparisonWithMaps,
  MapAlignment,
} from '../../../src-main/contract/comparison.ts';
import { hardnessName } from '../../../src-main/contract/comparison-measures.ts';
import type { AnchorLedger } from '../../../src-main/contract/ledger.ts';
import type { Explanation, NegativesInput } from '../../../src-main/contract/negatives.ts';
import { toErrorReport } from '../../../src-main/contract/errors/errors.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';
import type { Camera } from '../../map/scene/camera.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { latestOnly, type LatestOnly } from '../../connection/latest-only.ts';

/** One side of the comparison: a run by number, as it is, after an epoch, or for its seed group. */
export type Side = ComparedRun & { readonly run: number };
export const colourings = ['overlap', 'hardness', 'label'] as const;
type Colouring = (typeof colourings)[number];
/** What colours both maps, in words. */
export const colouringWords: Readonly<Record<Colouring, string>> = {
  overlap: 'overlap of neighbours',
  hardness: hardnessName,
  label: 'label',
};

export const compareTabs = ['runs', 'pair', 'pay'] as const;
type CompareTab = (typeof compareTabs)[number];

/** The same anchor in both runs, each by its own loss; a run without a ledger has none. */
export interface AnchorInBoth {
  readonly id: number;
  readonly explanations: readonly [Explanation, Explanation];
  readonly ledgers: readonly [AnchorLedger | null, AnchorLedger | null];
}

type SidePair = readonly [Side, Side];

/** Each of several sides with each later one. */
export function pairsOf(sides: readonly Side[]): SidePair[] {
  return sides.flatMap((a, index) => sides.slice(index + 1).map((b) => [a, b] as const));
}

/** A key of a pair of sides, in this order. */
export function pairKey([a, b]: SidePair): string {
  return [a, b].map(({ run, epoch = 0, seeds = false }) => `${run} ${epoch} ${seeds}`).join(' ');
}

export function isSameSide(one: Side, other: Side): boolean {
  return (
    one.run === other.run &&
    one.epoch === other.epoch &&
    (one.seeds ?? false) === (other.seeds ?? false)
  );
}

interface Question {
  readonly a: Side;
  readonly b: Side;
  readonly k: number;
  readonly alignment: MapAlignment;
}

/** Runs beside the two that are drawn large. */
export const mostOthers = 2;

/** Which two runs lie side by side, what is known of their difference, and how it is drawn. */
export class ComparisonState {
  /** The table of all runs, two of them side by side, or whether verdicts paid. */
  tab = $state<CompareTab>('runs');
  a = $state.raw<Side | null>(null);
  b = $state.raw<Side | null>(null);
  /** Up to two more runs: each is measured against all, and drawn small. */
  others = $state.raw<readonly Side[]>([]);
  k = $state(15);
  alignment = $state<MapAlignment>('procrustes');
  colouring = $state<Colouring>('overlap');
  hasTrails = $state(false);
  /** What both maps show: set by the one that the user moves. */
  camera = $state.raw<Camera | null>(null);
  /** Null while nothing is known: not asked yet, or not compared yet. */
  result = $state.raw<ComparisonWithMaps | null>(null);
  /** The pair that `result` (or its absence) belongs to. */
  loaded = $state.raw<Question | null>(null);
  anchor = $state.raw<AnchorInBoth | null>(null);
  /** The comparisons of `others` with every other side, by `pairKey`; null where none was made. */
  more = $state.raw<Readonly<Record<string, ComparisonWithMaps | null>>>({});
  readonly pair = $derived(this.a && this.b ? ([this.a, this.b] as const) : null);
  /** Every run that is compared, the left and the right first. */
  readonly sides = $derived<readonly Side[]>(this.pair ? [...this.pair, ...this.others] : []);
  readonly #loadMore: LatestOnly<readonly SidePair[]>;
  readonly #connection: Connection;
  readonly #load: LatestOnly<Question>;
  readonly #explain: LatestOnly<Question & { id: number; hash: string }>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#load = latestOnly(
      (question: Question) => connection.call('comparison.withMaps', question),
      (result, question) => {
        this.result = result;
        this.loaded = question;
      },
    );
    this.#loadMore = latestOnly(
      (pairs: readonly SidePair[]) =>
        Promise.all(
          pairs.map(([a, b]) => connection.call('comparison.withMaps', this.#question(a, b))),
        ),
      (results, pairs) => {
        this.more = Object.fromEntries(
          pairs.map((pair, index) => [pairKey(pair), results[index] ?? null]),
        );
      },
    );
    this.#explain = latestOnly(
      (question: Question & { id: number; hash: string }) => this.#explainBoth(question),
      (anchor) => (this.anchor = anchor),
    );
  }

  /** Takes the last two runs with embeddings, unless two are chosen that still exist. */
  begin(runs: readonly RunSummary[]): void {
    const isThere = (side: Side | null): boolean =>
      runs.some(({ run, embedded }) => run === side?.run && embedded);
    if (!this.others.every(isThere)) this.others = this.others.filter(isThere);
    if (isThere(this.a) && isThere(this.b)) return;
    const embedded = runs.filter((run) => run.embedded && !run.archived);
    const trained = embedded.filter(({ kind }) => kind === 'trained');
    const [a, b] = (trained.length > 1 ? trained : embedded).slice(-2);
    this.a = a ? { run: a.run } : null;
    this.b = b ? { run: b.run } : null;
  }

  /** Puts these side by side, the first two large. */
  show(a: Side, b: Side, ...others: readonly Side[]): void {
    this.a = a;
    this.b = b;
    this.others = others.slice(0, mostOthers);
    this.tab = 'pair';
  }

  /** Reads the comparison of the two chosen, if it was made. */
  async load(): Promise<void> {
    if (!this.a || !this.b) return;
    const [first, ...rest] = pairsOf(this.sides);
    await Promise.all([first && this.#load(this.#question(...first)), this.#loadMore(rest)]);
  }

  /** Draws these two large; of the sides that are compared the rest stays beside them. */
  choose(a: Side, b: Side): void {
    const isLarge = (side: Side): boolean => isSameSide(side, a) || isSameSide(side, b);
    this.others = this.sides.filter((side) => !isLarge(side)).slice(0, mostOthers);
    this.a = a;
    this.b = b;
  }

  /** Explains a picture (by id and content hash) in both runs. */
  async explain(id: number, hash: string): Promise<void> {
    if (this.a && this.b) await this.#explain({ ...this.#question(this.a, this.b), id, hash });
  }

  swap(): void {
    [this.a, this.b] = [this.b, this.a];
  }

  clear(): void {
    for (const request of [this.#load, this.#loadMore, this.#explain]) request.drop();
    this.tab = 'runs';
    this.a = null;
    this.b = null;
    this.others = [];
    this.more = {};
    this.result = null;
    this.loaded = null;
    this.anchor = null;
    this.camera = null;
  }

  #question(a: Side, b: Side): Question {
    return { a, b, k: this.k, alignment: this.alignment };
  }

  async #explainBoth({ a, b, id, hash }: Question & { id: number; hash: string }) {
    const explain = ({ run, epoch }: Side): Promise<Explanation> =>
      this.#connection.call('anchor.negatives', {
        ...{ run, epoch },
        anchor: hash,
      } satisfies NegativesInput);
    const [first, second, one, other] = await Promise.all([
      explain(a),
      explain(b),
      this.#ledger(a, hash),
      this.#ledger(b, hash),
    ]);
    return { id, explanations: [first, second], ledgers: [one, other] } as const;
  }

  async #ledger({ run, epoch }: Side, anchor: string): Promise<AnchorLedger | null> {
    try {
      const wanted = epoch === undefined ? {} : { epoch };
      return await this.#connection.call('anchor.ledger', { run, anchor, ...wanted });
    } catch (error) {
      if (toErrorReport(error).code === 'not-found') return null;
      throw error;
    }
  }
}
