import { RowsOfIds } from '../store/row-lookup.ts';
import type { RowLookup } from '../store/row-lookup.ts';
import type { KnownPairs } from './false-pairs.ts';
import type { Library } from '../store/library-file.ts';
import type { SampleColumns } from '../../contract/library.ts';
import { labelsOf, presentSamples } from '../store/samples.ts';
import type { VerdictKind } from '../../contract/verdicts.ts';
import { libraryJudgedPairs } from './library-verdicts.ts';
import { listVerdicts } from '../store/verdicts.ts';

/**
 * What labels and verdicts say of the pictures `ids`, whose indices are the rows; and the labels'
 * names. `samples` are all present pictures.
 */
export function knownPairs(
  library: Library,
  ids: Uint32Array,
  samples: SampleColumns = presentSamples(library),
): { readonly known: KnownPairs; readonly labels: readonly string[] } {
  const verdicts = listVerdicts(library);
  const rowOfHash = rowsOfHashes(
    new Set(verdicts.flatMap(({ hashA, hashB }) => [hashA, hashB])),
    samples,
    new RowsOfIds(ids),
  );
  let absent = 0;
  const labelled = ids.length;
  // Verdicts may pass on through pictures that are not among these: they are rows behind them.
  for (const { hashA, hashB } of verdicts) {
    for (const hash of [hashA, hashB]) {
      if (!rowOfHash.has(hash)) rowOfHash.set(hash, labelled + absent++);
    }
  }
  const groups = new Int32Array(labelled + absent).fill(-1);
  const rowOf = (hash: string): number => rowOfHash.get(hash) ?? -1;
  for (const [number, hashes] of libraryJudgedPairs(library).passing.entries()) {
    for (const hash of hashes) groups[rowOf(hash)] = number;
  }
  const pairsJudged = (kind: VerdictKind) =>
    verdicts
      .filter(({ verdict }) => verdict === kind)
      .map(({ hashA, hashB }) => [rowOf(hashA), rowOf(hashB)] as const);
  const judged = { groups, same: pairsJudged('same'), different: pairsJudged('different') };
  const labels = labelsOf(samples, ids);
  const { labelMembers } = samples;
  return { known: { labels, labelMembers, ...judged }, labels: samples.labels };
}

/** The rows of those of the pictures `wanted` that have one: few of many pictures are in verdicts. */
function rowsOfHashes(
  wanted: ReadonlySet<string>,
  { ids, hashes }: Pick<SampleColumns, 'ids' | 'hashes'>,
  rowOfId: RowLookup,
): Map<string, number> {
  const rows = new Map<string, number>();
  if (wanted.size === 0) return rows;
  for (const [index, hash] of hashes.entries()) {
    const row = rowOfId.get(ids[index] ?? 0);
    if (row !== undefined && wanted.has(hash)) rows.set(hash, row);
  }
  return rows;
}
