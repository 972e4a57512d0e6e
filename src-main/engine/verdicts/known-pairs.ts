import type { KnownPairs } from './false-pairs.ts';
import type { Library } from '../store/library-file.ts';
import { labelsOf, presentSamples } from '../store/samples.ts';
import { listVerdicts } from '../store/verdicts.ts';
import { groupVerdicts } from '../../contract/verdict-groups.ts';

/**
 * What labels and verdicts say of the pictures `ids`, whose indices are the rows; and the labels'
 * names.
 */
export function knownPairs(
  library: Library,
  ids: Uint32Array,
): { readonly known: KnownPairs; readonly labels: readonly string[] } {
  const samples = presentSamples(library);
  const verdicts = listVerdicts(library);
  const rowOfId = new Map(Array.from(ids, (id, row) => [id, row]));
  const rowOfHash = new Map<string, number>();
  for (const [index, id] of samples.ids.entries()) {
    const row = rowOfId.get(id);
    if (row === undefined) continue;
    rowOfHash.set(samples.hashes[index] ?? '', row);
  }
  const groups = new Int32Array(ids.length).fill(-1);
  for (const [number, hashes] of groupVerdicts(verdicts).groups.entries()) {
    for (const hash of hashes) {
      const row = rowOfHash.get(hash);
      if (row !== undefined) groups[row] = number;
    }
  }
  const different = verdicts.flatMap(({ verdict, hashA, hashB }) => {
    const [one, other] = [rowOfHash.get(hashA), rowOfHash.get(hashB)];
    if (verdict !== 'different' || one === undefined || other === undefined) return [];
    return [[one, other] as const];
  });
  const labels = labelsOf(samples, ids);
  const { labelMembers } = samples;
  return { known: { labels, labelMembers, groups, different }, labels: samples.labels };
}
