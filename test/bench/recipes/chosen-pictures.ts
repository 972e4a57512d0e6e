import { seedRandom, shuffledOrder } from '../../../src-main/engine/numeric/random.ts';

/** A picture that was chosen, and whether its label is given (`train`) or hidden (`test`). */
export interface ChosenPicture {
  readonly label: string;
  readonly file: string;
  readonly split: 'train' | 'test';
}

/**
 * Chooses `pictures` pictures at random by `seed`, as many of each label as of the others where it has as many;
 * every one where null. The labels of half of each label's pictures are hidden, and of half of all: of those whose
 * number is odd, every other one has its odd picture hidden.
 * @throws Error where there are fewer pictures than that
 */
export function choosePictures(
  filesByLabel: ReadonlyMap<string, readonly string[]>,
  pictures: number | null,
  seed: number,
): ChosenPicture[] {
  const random = seedRandom(seed);
  const labels = [...filesByLabel.keys()].toSorted();
  const order = [...shuffledOrder(labels.length, random)].map((at) => labels[at] ?? '');
  const there = order.map((label) => filesByLabel.get(label)?.length ?? 0);
  const shares = pictures === null ? there : evenShares(there, pictures);
  let isOddHidden = false;
  return order.flatMap((label, index) => {
    const files = (filesByLabel.get(label) ?? []).toSorted();
    const share = shares[index] ?? 0;
    const chosen = [...shuffledOrder(files.length, random)].slice(0, share);
    const given = isOddHidden ? Math.floor(share / 2) : Math.ceil(share / 2);
    if (share % 2 === 1) isOddHidden = !isOddHidden;
    return chosen.map((at, position): ChosenPicture => {
      const split = position < given ? 'train' : 'test';
      return { label, file: files[at] ?? '', split };
    });
  });
}

/**
 * How many to take of each group so that `total` are taken, no group's share differs from another's by more than 1
 * unless it has no more, and the first groups take what does not divide.
 */
function evenShares(there: readonly number[], total: number): number[] {
  const all = there.reduce((sum, count) => sum + count, 0);
  if (total > all) throw new Error(`There are only ${all} pictures, not ${total}.`);
  const shares = there.map(() => 0);
  let left = total;
  while (left > 0) {
    const open = [...there.keys()].filter((group) => (shares[group] ?? 0) < (there[group] ?? 0));
    const each = Math.max(1, Math.floor(left / open.length));
    for (const group of open.slice(0, left)) {
      const taken = Math.min(each, (there[group] ?? 0) - (shares[group] ?? 0));
      shares[group] = (shares[group] ?? 0) + taken;
      left -= taken;
    }
  }
  return shares;
}
