import type { RowLookup } from '../store/row-lookup.ts';
import type { PairsOfVerdicts } from '../../contract/pay.ts';
import { partnerRanks } from '../evaluation/partner-ranks.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { wilsonInterval } from '../review/wilson-interval.ts';
import type { JudgedSet } from './judged-set.ts';
import { rankChanges } from './rank-changes.ts';
import type { RankedUnit } from './rank-changes.ts';

/** The rows of both runs, in the same order, and the row of each picture. */
export interface BothRows {
  readonly before: UnitRows;
  readonly after: UnitRows;
  readonly rowOfId: RowLookup;
}

/** A pair as seen from its first picture, with the rank of the other before and after. */
export interface RankedPair {
  readonly id: number;
  readonly partner: number;
  readonly before: number;
  readonly after: number;
}

/** What was measured of a set, without the push. */
interface MeasuredSet {
  readonly measured: Omit<PairsOfVerdicts, 'push'>;
  readonly ranks: readonly RankedPair[];
}

/**
 * Ranks the partners of a set's pictures before and after; null for an empty set. `yieldToEvents` is
 * awaited with the fraction done, and may throw to cancel.
 */
export async function measureSet(
  { before, after, rowOfId }: BothRows,
  { pictures, unitOf }: JudgedSet,
  seed: number,
  yieldToEvents: (fraction: number) => Promise<void>,
): Promise<MeasuredSet | null> {
  if (pictures.length === 0) return null;
  const rowsOf = (ids: readonly number[]): number[] => ids.map((id) => rowOfId.get(id) ?? 0);
  const wanted = pictures.map(({ id, partners, group }) => ({
    row: rowOfId.get(id) ?? 0,
    ...{ partners: rowsOf(partners), group: rowsOf(group) },
  }));
  const was = await partnerRanks(before, wanted, (done) => yieldToEvents(0.4 * done));
  const is = await partnerRanks(after, wanted, (done) => yieldToEvents(0.4 + 0.4 * done));
  const units = new Map<string, UnitInMaking>();
  const ranks: RankedPair[] = [];
  const none = new Float64Array(0);
  for (const [index, { id, partners }] of pictures.entries()) {
    const [ranksBefore, ranksAfter] = [was[index] ?? none, is[index] ?? none];
    for (const [place, partner] of partners.entries()) {
      const rank = { before: ranksBefore[place] ?? 0, after: ranksAfter[place] ?? 0 };
      ranks.push({ id, partner, ...rank });
      const unit = unitNamed(units, unitOf(id, partner));
      unit.before.push(rank.before);
      unit.after.push(rank.after);
      if (place > 0) continue;
      unit.pictures += 1;
      unit.nearestBefore += Number(ranksBefore.includes(1));
      unit.nearestAfter += Number(ranksAfter.includes(1));
    }
  }
  const all = [...units.values()];
  const changes = await rankChanges(all, seed, () => yieldToEvents(0.9));
  const nearest = (count: (unit: RankedUnit) => number) =>
    all.reduce((sum, unit) => sum + count(unit), 0);
  const share = (right: number) =>
    wilsonInterval(right, pictures.length) ?? { rate: 0, low: 0, high: 1 };
  return {
    ranks,
    measured: {
      pairs: new Set(ranks.map(({ id, partner }) => pairKey(id, partner))).size,
      pictures: pictures.length,
      groups: all.length,
      ...changes,
      nearestBefore: share(nearest((unit) => unit.nearestBefore)),
      nearestAfter: share(nearest((unit) => unit.nearestAfter)),
    },
  };
}

/** A key of two pictures, the same in either order. */
export function pairKey(one: number, other: number): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

interface UnitInMaking extends RankedUnit {
  readonly before: number[];
  readonly after: number[];
  pictures: number;
  nearestBefore: number;
  nearestAfter: number;
}

function unitNamed(units: Map<string, UnitInMaking>, name: string): UnitInMaking {
  const known = units.get(name);
  if (known) return known;
  const made = { before: [], after: [], pictures: 0, nearestBefore: 0, nearestAfter: 0 };
  units.set(name, made);
  return made;
}
