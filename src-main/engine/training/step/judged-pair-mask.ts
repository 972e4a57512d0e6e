import type { NamedArray } from '../../graph/program.ts';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { SourceFeeds } from '../sources/training-source.ts';

/**
 * Input of a step: which columns were judged the same as which anchors, pair by pair, or are views of the
 * same picture; [A, M].
 */
export const samePairs = 'pairs.same';

/**
 * The training state's array with the pairs that were judged the same at the start of the run: sample
 * ids, one pair after the other, [2 · pairs].
 */
export const verdictPairsArray = 'verdictPairs';

/** The spec of the pairs of A anchors and M columns. */
export function pairInput(rows: number, columns: number): InputSpec {
  return { name: samePairs, shape: [rows, columns], dtype: 'uint8' };
}

/** For each picture in a pair those that were judged the same as it. */
type PartnersOf = ReadonlyMap<number, readonly number[]>;

/** The partners of each picture, from pairs of sample ids, [2 · pairs]. */
export function partnersByPicture(pairs: ArrayLike<number>): PartnersOf {
  const partners = new Map<number, number[]>();
  const add = (id: number, partner: number): void => {
    const known = partners.get(id);
    if (known) known.push(partner);
    else partners.set(id, [partner]);
  };
  for (let at = 0; at < pairs.length; at += 2) {
    const [one, other] = [pairs[at] ?? 0, pairs[at + 1] ?? 0];
    add(one, other);
    add(other, one);
  }
  return partners;
}

/** The pairs of rows in a step whose columns are its rows, from its feeds: those judged the same. */
export function pairsAmongRows(
  feeds: Readonly<Record<string, NamedArray['values']>>,
  name = samePairs,
): (readonly [number, number])[] {
  const isPair = feeds[name] ?? new Uint8Array(0);
  const rows = Math.sqrt(isPair.length);
  const pairs: [number, number][] = [];
  for (const [at, pair] of isPair.entries()) {
    if (pair !== 0) pairs.push([Math.floor(at / rows), at % rows]);
  }
  return pairs;
}

/**
 * The partners, with each picture among its own: where positives are of other pictures, any column can be a
 * view of the anchor's.
 */
export function withThemselves(partnersOf: PartnersOf): PartnersOf {
  return new Map(Array.from(partnersOf, ([id, partners]) => [id, [id, ...partners]]));
}

/** What feeds `pairInput`, or another input of pairs, with the pairs among a step's pictures. */
export function pairFeeds(
  partnersOf: PartnersOf,
  { rowIds, columnIds }: Pick<SourceFeeds, 'rowIds' | 'columnIds'>,
  name = samePairs,
): Record<string, Uint8Array> {
  const columnsOf = new Map<number, number[]>();
  for (const [column, id] of columnIds.entries()) {
    if (!partnersOf.has(id)) continue;
    const known = columnsOf.get(id);
    if (known) known.push(column);
    else columnsOf.set(id, [column]);
  }
  const isPair = new Uint8Array(rowIds.length * columnIds.length);
  for (const [row, id] of rowIds.entries()) {
    for (const partner of partnersOf.get(id) ?? []) {
      for (const column of columnsOf.get(partner) ?? []) {
        isPair[row * columnIds.length + column] = 1;
      }
    }
  }
  return { [name]: isPair };
}
