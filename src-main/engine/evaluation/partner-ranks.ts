import { dotProduct } from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';

/** A row, and the rows that it is judged with. */
export interface PartneredRow {
  readonly row: number;
  readonly partners: readonly number[];
  /** Further rows that are no competitors of its partners. */
  readonly group: readonly number[];
}

/** Multiplications between two waits: some milliseconds. */
const multiplicationsAtOnce = 1e7;

/**
 * For each of the `wanted` rows the rank of each of its partners by cosine among all rows, 1 for the
 * nearest. Its other partners are no competitors, and a row that is exactly as similar as the partner
 * counts half, so that an encoder that gives all pictures one vector gains nothing (docs/formulas.md).
 * `yieldToEvents` is awaited with the fraction done, and may throw to cancel.
 */
export async function partnerRanks(
  { vectors, count, dimensions }: UnitRows,
  wanted: readonly PartneredRow[],
  yieldToEvents: (fraction: number) => Promise<void>,
): Promise<Float64Array[]> {
  const competitors = new Float64Array(count);
  const found: Float64Array[] = [];
  let since = 0;
  for (const { row, partners, group } of wanted) {
    const isPartner = new Set([row, ...partners, ...group]);
    let number = 0;
    for (let other = 0; other < count; other++) {
      if (isPartner.has(other)) continue;
      competitors[number] = dotProduct(vectors, row * dimensions, other * dimensions, dimensions);
      number += 1;
    }
    const ascending = competitors.subarray(0, number);
    if (partners.length > 1) ascending.sort();
    found.push(
      Float64Array.from(partners, (partner) => {
        const own = dotProduct(vectors, row * dimensions, partner * dimensions, dimensions);
        return partners.length > 1 ? sortedRank(ascending, own) : rankAmong(ascending, own);
      }),
    );
    since += count * dimensions;
    if (since < multiplicationsAtOnce) continue;
    since = 0;
    await yieldToEvents(found.length / wanted.length);
  }
  return found;
}

function rankAmong(others: Float64Array, own: number): number {
  let [above, same] = [0, 0];
  for (const other of others) {
    if (other > own) above += 1;
    else if (other === own) same += 1;
  }
  return 1 + above + same / 2;
}

/** As `rankAmong`, of ascending numbers. */
function sortedRank(ascending: Float64Array, own: number): number {
  const atMost = firstWhere(ascending, (value) => value > own);
  const below = firstWhere(ascending, (value) => value >= own);
  return 1 + (ascending.length - atMost) + (atMost - below) / 2;
}

/** The first index whose value satisfies a test that holds from there on; the length where none does. */
function firstWhere(ascending: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(ascending[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}
