import { hasRing } from '../../contract/objectives/has-ring.ts';
import { presets } from '../../contract/objectives/presets.ts';
import { ringZones, zonesByRank } from '../losses/ring-zone.ts';
import { dotProduct } from '../numeric/unit-rows.ts';
import type { LossStep } from '../store/loss-steps.ts';
import type { RingRanks } from '../../contract/objectives/ring-ranks.ts';
import { columnsOf, partnerRow } from './step-columns.ts';
import { ranksAmongNegatives } from './supcon-loss.ts';
import { anchorLoss, shownRing } from './explain-anchor.ts';
import type { AnchorLoss, ExplanationSettings } from './explain-anchor.ts';
import { PictureZones } from './picture-zones.ts';
import { rankBySimilarity } from '../numeric/similarity-rank.ts';

/** What a step's loss made of an anchor's candidates, as means over the anchor's views. */
interface StepLossOfAnchor {
  /** The other pictures of the step that were in the anchor's loss. */
  readonly ids: Uint32Array;
  /** The mean similarity of their views to those of the anchor. */
  readonly similarities: Float64Array;
  /** The mean similarity of the anchor's views to their positives. */
  readonly positiveSimilarity: number;
  readonly loss: AnchorLoss;
  /** N, the most vectors that a view of the anchor was compared with. */
  readonly negatives: number;
  /** The views of the anchor, and the part of them that were clamped. */
  readonly views: number;
  readonly clampedViews: number;
  /** The pictures that are left out because they were known to show the same. */
  readonly masked: number;
}

/** How the loss is set; `ranks` are the step's own cuts of the ring, if it has them. */
interface StepLossSettings {
  readonly settings: ExplanationSettings;
  readonly ranks?: RingRanks | undefined;
  /** Replaces that of the step. */
  readonly positiveSimilarity?: number | undefined;
  /** The pictures that another objective than the step's own would take for positives (SupCon). */
  readonly asPositive?: ReadonlySet<number> | undefined;
}

/**
 * The loss of an anchor in a step that compares its rows with each other: each view of the anchor against
 * every view of the others, as the ledger adds it up (docs/formulas.md, Gradient shares).
 */
export function stepLossOfAnchor(
  step: LossStep,
  anchor: number,
  { settings, ranks, positiveSimilarity: given, asPositive }: StepLossSettings,
): StepLossOfAnchor {
  const { rowIds } = step;
  const anchorRows = rowsOfAnchor(rowIds, anchor);
  const sums = new PictureSums(rowIds, anchor);
  const part = 1 / anchorRows.length;
  let loss = 0;
  let positiveSimilarity = 0;
  let effectiveNegatives = 0;
  let pull = 0;
  let debiasedShare = 0;
  let clampedViews = 0;
  let negatives = 0;
  for (const row of anchorRows) {
    const { columns, attracted, isPositive } = columnsOf(step, row, settings, asPositive);
    const similarities = similaritiesOf(step, row, columns);
    const positive = given ?? step.positives[row] ?? NaN;
    const ranking = rankBySimilarity(similarities);
    const own = anchorLoss(
      { similarities, positiveSimilarity: positive, ...(isPositive && { isPositive }) },
      ranking,
      withKnown(settings, step, row, columns),
      ranks,
    );
    const pulled = similaritiesOf(step, row, attracted);
    const attraction = attractionOf(pulled, positive, settings.temperature);
    sums.add({ columns, similarities, rank: ranking.rank, own, part });
    sums.attract({ columns: attracted, similarities: pulled, own, push: attraction.push, part });
    loss += part * (own.loss + attraction.loss);
    positiveSimilarity += part * positive;
    effectiveNegatives += part * own.effectiveNegatives;
    pull += part * own.pull;
    debiasedShare += part * own.debiasedShare;
    clampedViews += own.clamped ? part : 0;
    const positives = isPositive?.reduce((sum, one) => sum + one, 0) ?? 0;
    negatives = Math.max(negatives, columns.length - positives);
  }
  const { ids, similarities, masked, ...columns } = sums.columns();
  const isPositive = columns.zone.map((zone) => (zone === ringZones.positive ? 1 : 0));
  return {
    ids,
    similarities,
    positiveSimilarity,
    loss: {
      ...columns,
      ...(!hasRing(settings) &&
        shownZones(similarities, isPositive, shownRing(negatives, settings), negatives)),
      ...{ loss, effectiveNegatives, pull, debiasedShare },
      clamped: clampedViews > 1 - part / 2,
    },
    negatives,
    views: anchorRows.length,
    clampedViews,
    masked,
  };
}

/**
 * The zones of a ring that the loss does not have, which is shown: by the rank of each picture among the
 * negatives, as if each had as many of the N vectors.
 */
function shownZones(
  similarities: Float64Array,
  isPositive: Uint8Array,
  ring: RingRanks,
  negatives: number,
) {
  const pictures = isPositive.length - isPositive.reduce((sum, one) => sum + one, 0);
  const ranks = ranksAmongNegatives(rankBySimilarity(similarities).order, isPositive).map((rank) =>
    Math.floor((rank * negatives) / pictures),
  );
  const zone = zonesByRank(ranks, ring).map((one, index) =>
    isPositive[index] ? ringZones.positive : one,
  );
  return { zone, cutRanks: { inner: ranks, outer: ranks } };
}

/**
 * The rows of the anchor's views: the first of the picture that was drawn, and the second if it is not of
 * another picture. Where the anchor is the positive of other pictures, those rows are theirs.
 */
function rowsOfAnchor(rowIds: Uint32Array, anchor: number): number[] {
  const first = rowIds.indexOf(anchor);
  return [first, partnerRow(rowIds, first)].filter((row) => rowIds[row] === anchor);
}

/** The settings with the columns of a row that its loss knew to be different. */
function withKnown(
  settings: ExplanationSettings,
  { settings: { different = [] } }: LossStep,
  row: number,
  columns: readonly number[],
): ExplanationSettings {
  const known = new Set(different.filter(([one]) => one === row).map(([, other]) => other));
  const selection = settings.selection ?? presets[settings.objective].selection;
  const isSuspecting = selection === 'debiased' || selection === 'hard';
  if (!isSuspecting || !columns.some((column) => known.has(column))) return settings;
  return { ...settings, isKnown: (candidate) => known.has(columns[candidate] ?? -1) };
}

function similaritiesOf(
  { rows, rowIds }: LossStep,
  row: number,
  columns: readonly number[],
): Float64Array {
  const width = rows.length / rowIds.length;
  return Float64Array.from(columns, (column) =>
    dotProduct(rows, row * width, column * width, width),
  );
}

/** What attracted columns add to the loss, and to its gradient by the similarity of each. */
function attractionOf(
  similarities: Float64Array,
  positive: number,
  temperature: number,
): { readonly loss: number; readonly push: number } {
  if (similarities.length === 0) return { loss: 0, push: 0 };
  const count = similarities.length + 1;
  const mean = similarities.reduce((sum, value) => sum + value, positive) / count;
  return { loss: (positive - mean) / temperature, push: -1 / (count * temperature) };
}

interface RowColumns {
  readonly columns: readonly number[];
  readonly similarities: Float64Array;
  /** The rank of each column among those of the row. */
  readonly rank: Uint32Array;
  readonly own: AnchorLoss;
  /** The part of the anchor's gradient that is this row's. */
  readonly part: number;
}

/** Adds up over views what each picture has in the loss of an anchor. */
class PictureSums {
  readonly #ids: Uint32Array;
  readonly #indexOf: ReadonlyMap<number, number>;
  readonly #rowIds: Uint32Array;
  readonly #met: Float64Array;
  readonly #similarity: Float64Array;
  readonly #pushed: Float64Array;
  readonly #weight: Float64Array;
  readonly #importance: Float64Array;
  readonly #share: Float64Array;
  readonly #unringedShare: Float64Array;
  readonly #pushes: Float64Array;
  readonly #zones: PictureZones;

  constructor(rowIds: Uint32Array, anchor: number) {
    this.#rowIds = rowIds;
    this.#ids = Uint32Array.from(new Set(rowIds.filter((id) => id !== anchor)));
    this.#indexOf = new Map(Array.from(this.#ids, (id, index) => [id, index]));
    const numbers = (): Float64Array => new Float64Array(this.#ids.length);
    this.#met = numbers();
    this.#similarity = numbers();
    this.#pushed = numbers();
    this.#weight = numbers();
    this.#importance = numbers();
    this.#share = numbers();
    this.#unringedShare = numbers();
    this.#pushes = numbers();
    this.#zones = new PictureZones(this.#ids.length, rowIds.length);
  }

  add({ columns, similarities, rank, own, part }: RowColumns): void {
    for (const [candidate, column] of columns.entries()) {
      const index = this.#meet(column, similarities[candidate] as number);
      const share = own.clamped ? 0 : (own.share[candidate] as number);
      plus(this.#importance, index, part * (own.importance[candidate] as number));
      plus(this.#pushes, index, part * (own.pushes[candidate] as number));
      plus(this.#share, index, part * share);
      const unringedShare = own.unringedShare[candidate] as number;
      plus(this.#unringedShare, index, part * unringedShare);
      this.#zones.add(index, {
        rank: rank[candidate] as number,
        zone: own.zone[candidate] as number,
        share,
        unringedShare,
      });
      if (share === 0) continue;
      plus(this.#pushed, index, 1);
      plus(this.#weight, index, own.weight[candidate] as number);
    }
  }

  /** Adds columns that are attracted: their share is below 0, against the push of the negatives. */
  attract({
    columns,
    similarities,
    own,
    push,
    part,
  }: Omit<RowColumns, 'rank'> & { readonly push: number }): void {
    const total = own.pushes.reduce((sum, value) => sum + value, 0);
    for (const [candidate, column] of columns.entries()) {
      // A view of the anchor itself that is another picture's positive.
      if (!this.#indexOf.has(this.#rowIds[column] ?? 0)) continue;
      const index = this.#meet(column, similarities[candidate] ?? 0);
      this.#zones.zone[index] = ringZones.positive;
      plus(this.#pushes, index, part * push);
      if (total > 0) plus(this.#share, index, (part * push) / total);
    }
  }

  columns() {
    const kept = [...this.#ids.keys()].filter((index) => (this.#met[index] ?? 0) > 0);
    const of = (value: (index: number) => number): Float64Array => Float64Array.from(kept, value);
    const { inner, outer } = this.#zones.cutRanks(true);
    const ranksOf = (ranks: Uint32Array): Uint32Array =>
      Uint32Array.from(kept, (index) => ranks[index] ?? 0);
    return {
      ids: Uint32Array.from(kept, (index) => this.#ids[index] ?? 0),
      masked: this.#ids.length - kept.length,
      similarities: of((index) => (this.#similarity[index] ?? 0) / (this.#met[index] ?? 1)),
      weight: of((index) => (this.#weight[index] ?? 0) / Math.max(1, this.#pushed[index] ?? 0)),
      importance: of((index) => this.#importance[index] ?? 0),
      share: of((index) => this.#share[index] ?? 0),
      unringedShare: of((index) => this.#unringedShare[index] ?? 0),
      pushes: of((index) => this.#pushes[index] ?? 0),
      zone: Uint8Array.from(kept, (index) => this.#zones.zone[index] ?? 0),
      cutRanks: { inner: ranksOf(inner), outer: ranksOf(outer) },
    };
  }

  #meet(column: number, similarity: number): number {
    const index = this.#indexOf.get(this.#rowIds[column] ?? 0) ?? 0;
    plus(this.#met, index, 1);
    plus(this.#similarity, index, similarity);
    return index;
  }
}

function plus(sums: Float64Array, index: number, value: number): void {
  sums[index] = (sums[index] ?? 0) + value;
}
