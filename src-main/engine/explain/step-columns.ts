import type { PairUse } from '../../contract/pair-use.ts';
import type { LossStep, LossStepSettings } from '../store/loss-steps.ts';
import type { ExplanationSettings } from './explain-anchor.ts';

/** The columns of an anchor's row in a step that compares its rows with each other. */
interface StepColumns {
  /** The rows in the denominator. */
  readonly columns: readonly number[];
  /** 1 where such a row is a positive; undefined for a loss without such positives. */
  readonly isPositive?: Uint8Array;
  /** The rows that are positives outside the denominator. */
  readonly attracted: readonly number[];
}

/**
 * The rows with which a row of a step is compared, by what the step knew of its pairs. Where SupCon
 * explains a step of another objective, its positives are those of `asPositive`; where another objective
 * explains a step of SupCon, the positives of that are negatives like others.
 */
export function columnsOf(
  { rowIds, settings: known }: Pick<LossStep, 'rowIds' | 'settings'>,
  row: number,
  { loss }: Pick<ExplanationSettings, 'loss'>,
  asPositive?: ReadonlySet<number>,
): StepColumns {
  const useOf = knownUses(known, row);
  const columns: number[] = [];
  const attracted: number[] = [];
  const positives: number[] = [];
  for (const [column, id] of rowIds.entries()) {
    if (column === row || column === partnerRow(rowIds, row)) continue;
    const use = useOf(column);
    if (use === 'attract') attracted.push(column);
    if (use === 'attract' || use === 'mask') continue;
    if (asPositive?.has(id) ?? use === 'positive') positives.push(columns.length);
    columns.push(column);
  }
  if (loss !== 'supcon') return { columns, attracted };
  const isPositive = new Uint8Array(columns.length);
  for (const index of positives) isPositive[index] = 1;
  return { columns, attracted, isPositive };
}

/**
 * What was done with the pair of a row and a column: a positive of one source is masked by no other, and what was
 * judged different is the same by no label.
 */
function knownUses(known: LossStepSettings, row: number): (column: number) => PairUse {
  const { groups, pairs = [], different = [], labels = [], labelUse = 'ignore' } = known;
  const group = groups?.[row] ?? -1;
  const othersIn = (ofRows: typeof pairs): ReadonlySet<number> =>
    new Set(ofRows.filter(([one]) => one === row).map(([, other]) => other));
  const partners = othersIn(pairs);
  const apart = othersIn(different);
  const own = labels.map((slot) => slot[row] ?? -1).filter((label) => label >= 0);
  const isJudged = (column: number): boolean =>
    partners.has(column) || (group >= 0 && groups?.[column] === group);
  const isLabelled = (column: number): boolean =>
    !apart.has(column) && labels.some((slot) => own.includes(slot[column] ?? -1));
  const verdictUse = useOfVerdicts(known);
  const order: readonly PairUse[] = ['positive', 'attract', 'mask'];
  return (column) => {
    const uses = [
      ...(isJudged(column) ? [verdictUse] : []),
      ...(isLabelled(column) ? [labelUse] : []),
    ];
    return order.find((use) => uses.includes(use)) ?? 'ignore';
  };
}

function useOfVerdicts({ attracts = false, contrasts = false }: LossStepSettings): PairUse {
  if (contrasts) return 'positive';
  return attracts ? 'attract' : 'mask';
}

/** The row of the other view, of the same picture or of one that was judged the same. */
export function partnerRow(rowIds: Uint32Array, row: number): number {
  return (row + rowIds.length / 2) % rowIds.length;
}
