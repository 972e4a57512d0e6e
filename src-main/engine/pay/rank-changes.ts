import type { Change, PairsOfVerdicts } from '../../contract/pay.ts';
import { seedRandom } from '../numeric/random.ts';

/** What is drawn together: the ranks of its pairs, and how often a picture's nearest is a partner. */
export interface RankedUnit {
  readonly before: readonly number[];
  /** In the order of `before`. */
  readonly after: readonly number[];
  readonly pictures: number;
  readonly nearestBefore: number;
  readonly nearestAfter: number;
}

/** With 999 draws the 2.5 % quantiles are the 25th from either end (Davison, Hinkley 1997, eq. 5.6). */
const draws = 999;
const fromEnd = 25;
/** Draws between two waits. */
const drawsAtOnce = 20;

/** The changes of the ranks, of which intervals are of the bootstrap. */
type RankChanges = Pick<PairsOfVerdicts, 'medianRank' | 'meanRank' | 'factor' | 'nearest'>;

interface Summary {
  readonly median: readonly [number, number];
  readonly mean: readonly [number, number];
  readonly nearest: readonly [number, number];
  /** Mean of ln(after / before). */
  readonly logFactor: number;
}

/**
 * How the ranks of pairs changed, with 95 % intervals by the paired bootstrap over units: each draw takes
 * as many whole units with replacement, of which it has before and after (docs/formulas.md).
 * `yieldToEvents` may throw to cancel.
 */
export async function rankChanges(
  units: readonly RankedUnit[],
  seed: number,
  yieldToEvents: () => Promise<void>,
): Promise<RankChanges> {
  const whole = summaryOf(units);
  const random = seedRandom(seed);
  const drawn: Summary[] = [];
  for (let draw = 0; draw < draws; draw++) {
    if (draw % drawsAtOnce === 0) await yieldToEvents();
    drawn.push(summaryOf(units.map(() => units[random.index(units.length)] as RankedUnit)));
  }
  const intervalOf = (value: (summary: Summary) => number) => {
    const sorted = drawn.map(value).sort((a, b) => a - b);
    return { low: sorted[fromEnd - 1] ?? 0, high: sorted[draws - fromEnd] ?? 0 };
  };
  const changeOf = (name: 'median' | 'mean' | 'nearest'): Change => {
    const [before, after] = whole[name];
    return { before, after, ...intervalOf((summary) => summary[name][1] - summary[name][0]) };
  };
  const { low, high } = intervalOf(({ logFactor }) => logFactor);
  return {
    medianRank: changeOf('median'),
    meanRank: changeOf('mean'),
    factor: { mean: Math.exp(whole.logFactor), low: Math.exp(low), high: Math.exp(high) },
    nearest: changeOf('nearest'),
  };
}

function summaryOf(units: readonly RankedUnit[]): Summary {
  const before = Float64Array.from(units.flatMap((unit) => unit.before));
  const after = Float64Array.from(units.flatMap((unit) => unit.after));
  const total = (count: (unit: RankedUnit) => number): number =>
    units.reduce((sum, unit) => sum + count(unit), 0);
  const pictures = total((unit) => unit.pictures);
  const logs = before.reduce(
    (sum, rank, index) => sum + Math.log((after[index] ?? rank) / rank),
    0,
  );
  const mean: Summary['mean'] = [meanOf(before), meanOf(after)];
  return {
    mean,
    logFactor: logs / before.length,
    median: [medianOf(before), medianOf(after)],
    nearest: [
      total((unit) => unit.nearestBefore) / pictures,
      total((unit) => unit.nearestAfter) / pictures,
    ],
  };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sorts in place. */
function medianOf(values: Float64Array): number {
  const sorted = values.sort();
  const [low, high] = [(sorted.length - 1) >> 1, sorted.length >> 1];
  return ((sorted[low] ?? 0) + (sorted[high] ?? 0)) / 2;
}
