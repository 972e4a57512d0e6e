import { samePairKey } from '../../contract/judged-pairs.ts';
import { partnersOf } from '../verdicts/partners.ts';
import type { Partnered } from '../verdicts/partners.ts';
import type { TrainingVerdicts } from '../verdicts/training-verdicts.ts';

/** Pictures of verdicts with their partners, and what of them is drawn together. */
export interface JudgedSet {
  readonly pictures: readonly Partnered[];
  /** The name of the unit of a pair in the bootstrap. */
  readonly unitOf: (id: number, partner: number) => string;
}

/** The verdicts of a training in the four sets that are measured; pictures not in `isShared` are left out. */
export function judgedSets(
  verdicts: TrainingVerdicts,
  sampleIds: Uint32Array,
  isShared: (id: number) => boolean,
): Record<'same' | 'different', Record<'fed' | 'heldOut', JudgedSet>> {
  const shared = (pictures: readonly Partnered[]): Partnered[] =>
    pictures
      .filter(({ id }) => isShared(id))
      .map(({ id, partners, group }) => ({
        ...{ id, partners: partners.filter(isShared) },
        group: group.filter(isShared),
      }))
      .filter(({ partners }) => partners.length > 0);
  const fed = shared(partnersOf(verdicts.pairs, verdicts.groups, sampleIds));
  const heldOut = shared(partnersOf(verdicts.heldOutPairs, verdicts.heldOutGroups, sampleIds));
  const groupOf = connected([...fed, ...heldOut]);
  const nameOf = (id: number): string => String(groupOf.get(id) ?? id);
  const same = (pictures: readonly Partnered[]) => ({ pictures, unitOf: nameOf });
  const different = (pairs: Uint32Array) => ({
    pictures: shared(partnersOf(pairs)),
    unitOf: (id: number, partner: number) => samePairKey(nameOf(id), nameOf(partner)),
  });
  return {
    same: { fed: same(fed), heldOut: same(heldOut) },
    different: {
      fed: different(verdicts.different),
      heldOut: different(verdicts.heldOutDifferent),
    },
  };
}

/** For each picture the one that stands for all that chains of partners connect with it. */
function connected(pictures: readonly Partnered[]): ReadonlyMap<number, number> {
  const known = new Map(pictures.map((picture) => [picture.id, picture]));
  const first = new Map<number, number>();
  for (const { id: start } of pictures) {
    if (first.has(start)) continue;
    const reached = [start];
    first.set(start, start);
    // Iterating over an array includes what is added meanwhile.
    for (const id of reached) {
      for (const next of known.get(id)?.partners ?? []) {
        if (first.has(next)) continue;
        first.set(next, start);
        reached.push(next);
      }
    }
  }
  return first;
}
