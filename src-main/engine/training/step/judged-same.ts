import type { StateArray } from '../sources/training-source.ts';
import { verdictGroupsArray } from './judged-groups.ts';
import { partnersByPicture, verdictPairsArray } from './judged-pair-mask.ts';

type Arrays = Readonly<Record<string, StateArray>>;

/** For a picture, by its index, the others that it is connected with. */
export type OthersOf = (picture: number) => readonly number[];

/** The others of each picture in pairs of sample ids, [2 · pairs]; as indices of `sampleIds`. */
export function othersInPairs(sampleIds: Uint32Array, pairs: ArrayLike<number>): OthersOf {
  const partners = partnersByPicture(pairs);
  const indexOf = new Map(Array.from(sampleIds, (id, index) => [id, index]));
  return (picture) =>
    (partners.get(sampleIds[picture] ?? 0) ?? []).flatMap((id) => indexOf.get(id) ?? []);
}

/** The pictures that were judged the same as one, in one group or pair by pair, at the start of the run. */
export function judgedSameAs(sampleIds: Uint32Array, arrays: Arrays): OthersOf {
  const byPair = othersInPairs(sampleIds, arrays[verdictPairsArray] ?? []);
  const groups = arrays[verdictGroupsArray] ?? new Int32Array(0);
  const membersOf = new Map<number, number[]>();
  for (const [index, group] of groups.entries()) {
    if (group < 0) continue;
    const members = membersOf.get(group);
    if (members) members.push(index);
    else membersOf.set(group, [index]);
  }
  return (picture) => {
    const group = membersOf.get(groups[picture] ?? -1) ?? [];
    return [...new Set([...group, ...byPair(picture)])].filter((other) => other !== picture);
  };
}

/** The number of each picture's group that `sameAs` connects, -1 for a picture on its own; [pictures]. */
export function connectedGroups(pictures: number, sameAs: OthersOf): Int32Array {
  const groups = new Int32Array(pictures).fill(-1);
  for (let first = 0; first < pictures; first += 1) {
    if (groups[first] !== -1 || sameAs(first).length === 0) continue;
    groups[first] = first;
    const found = [first];
    for (const picture of found) {
      for (const other of sameAs(picture)) {
        if (groups[other] !== -1) continue;
        groups[other] = first;
        found.push(other);
      }
    }
  }
  return groups;
}
