import { labelRelation } from '../../contract/label-relation.ts';
import { noLabel } from '../../contract/label-sets.ts';
import type { LabelMembers } from '../../contract/label-sets.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { VerdictQueue } from '../../contract/verdict-queue.ts';
import { labelsOf } from '../store/samples.ts';
import { listVerdicts } from '../store/verdicts.ts';
import type { Library } from '../store/library-file.ts';

/**
 * How many pairs of the pictures `ids` have one label and no verdict of their own, and how many pairs
 * there are.
 */
export function settledByLabel(
  library: Library,
  samples: SampleColumns,
  ids: Uint32Array,
): NonNullable<VerdictQueue['settledByLabel']> {
  const members = samples.labelMembers;
  const labels = labelsOf(samples, ids);
  const labelOfId = new Map(Array.from(ids, (id, row) => [id, labels[row] ?? noLabel]));
  const idOfHash = new Map(samples.hashes.map((hash, index) => [hash, samples.ids[index] ?? -1]));
  const labelOf = (hash: string) => labelOfId.get(idOfHash.get(hash) ?? -1) ?? noLabel;
  const judged = listVerdicts(library).filter(
    ({ hashA, hashB }) => labelRelation(labelOf(hashA), labelOf(hashB), members) === 'same',
  );
  return {
    pairs: pairsOfOneLabel(labels, members) - judged.length,
    of: (ids.length * (ids.length - 1)) / 2,
  };
}

/** The number of pairs of pictures that share a label, by the numbers of their labels. */
export function pairsOfOneLabel(labels: Int32Array, members: LabelMembers): number {
  const counts = new Map<number, number>();
  for (const label of labels) {
    if (label !== noLabel) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const membersOf = (label: number): readonly number[] => members[label] ?? [];
  const entries = [...counts.keys()].flatMap((label) =>
    membersOf(label).map((member) => [member, label] as const),
  );
  const holders = Map.groupBy(entries, ([member]) => member);
  let pairs = 0;
  for (const [label, count] of counts) {
    pairs += (count * (count - 1)) / 2;
    if (membersOf(label).length < 2) continue;
    const sharing = new Set(
      membersOf(label).flatMap((member) => holders.get(member)?.map(([, other]) => other) ?? []),
    );
    for (const other of sharing) {
      // Two of several labels each meet twice, in either order.
      const isFirst = membersOf(other).length < 2 || label < other;
      if (other !== label && isFirst) pairs += count * (counts.get(other) ?? 0);
    }
  }
  return pairs;
}
