import { shuffledOrder } from '../../numeric/random.ts';
import type { Random } from '../../numeric/random.ts';
import { cutIntoBatches } from './epoch-order.ts';

/** Pictures of one group that go into a batch together. */
interface Bundle {
  readonly pictures: readonly number[];
  /** The number of the group; -1 for a picture on its own. */
  readonly group: number;
}

/**
 * Batches of P groups × K pictures: the pictures `drawn` in bundles of up to `groupSize` of one group
 * (-1 for none), each batch of bundles of different groups as long as there are such; [steps][batch].
 * Every picture is in one batch. A bundle that fits no batch whole is split over two.
 */
export function groupBatches(
  drawn: Uint32Array,
  groupOf: (picture: number) => number,
  { batch, groupSize }: { readonly batch: number; readonly groupSize: number },
  random: Random,
): number[][] {
  const left = shuffled(bundlesOf(drawn, groupOf, groupSize), random);
  const order: number[] = [];
  let groups = new Set<number>();
  while (left.length > 0) {
    const room = batch - (order.length % batch);
    if (room === batch) groups = new Set();
    const isNew = ({ group }: Bundle): boolean => group < 0 || !groups.has(group);
    const fits = ({ pictures }: Bundle): boolean => pictures.length <= room;
    const chosen = Math.max(0, firstIndex(left, [(one) => fits(one) && isNew(one), fits, isNew]));
    const [bundle] = left.splice(chosen, 1);
    if (bundle === undefined) break;
    order.push(...bundle.pictures);
    groups.add(bundle.group);
  }
  return cutIntoBatches(order, batch);
}

/** The index of the first element for which the first rule that any meets holds; -1 if none does. */
function firstIndex<T>(values: readonly T[], rules: readonly ((value: T) => boolean)[]): number {
  for (const rule of rules) {
    const index = values.findIndex(rule);
    if (index >= 0) return index;
  }
  return -1;
}

/** The pictures of each group in bundles, in the order of the pictures, which is random. */
function bundlesOf(
  drawn: Uint32Array,
  groupOf: (picture: number) => number,
  groupSize: number,
): Bundle[] {
  const bundles: Bundle[] = [];
  const open = new Map<number, number[]>();
  for (const picture of drawn) {
    const group = groupOf(picture);
    const begun = group < 0 ? undefined : open.get(group);
    if (begun !== undefined && begun.length < groupSize) {
      begun.push(picture);
      continue;
    }
    const pictures = [picture];
    if (group >= 0) open.set(group, pictures);
    bundles.push({ pictures, group });
  }
  return bundles;
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  return Array.from(shuffledOrder(values.length, random), (index) => values[index] as T);
}
