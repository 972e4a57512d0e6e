import type { Random } from '../../numeric/random.ts';
import { cutIntoBatches } from './epoch-order.ts';
import type { ProximityGraph } from './proximity-graph.ts';

/** How walks collect the batches of an epoch. */
interface WalkSettings {
  readonly batch: number;
  /** α, the probability with which a walk goes back to its start. */
  readonly restartProbability: number;
  /** The pictures that must not be in a batch with one. */
  readonly apartFrom: (picture: number) => Iterable<number>;
}

/**
 * The batches that random walks with restart collect on a proximity graph (BatchSampler, Yang et al.
 * 2023, Algorithm 3); [steps][batch]. Each walk begins at the next picture of the random order `drawn`
 * that is in no batch yet, and takes the pictures that it comes to. Unlike in the official code each
 * picture is taken once an epoch: a walk passes over those that are in a batch, and where it finds no
 * free one for as many turns as a picture has neighbours it begins anew at the next free picture. So
 * the last batches of an epoch are of several neighbourhoods.
 */
export function walkedBatches(
  drawn: Uint32Array,
  graph: ProximityGraph,
  settings: WalkSettings,
  random: Random,
): number[][] {
  const free = new Set(drawn);
  const order: number[] = [];
  while (free.size > 0) {
    for (const picture of walkedBatch(free, graph, settings, random)) order.push(picture);
  }
  return cutIntoBatches(order, settings.batch);
}

/** The pictures of one batch, which are taken from the free ones; a set yields them in their order. */
function walkedBatch(
  free: Set<number>,
  { neighbours, degree }: ProximityGraph,
  { batch, restartProbability, apartFrom }: WalkSettings,
  random: Random,
): number[] {
  const size = Math.min(batch, free.size);
  const taken: number[] = [];
  const apart = new Set<number>();
  const take = (picture: number): void => {
    free.delete(picture);
    taken.push(picture);
    for (const other of apartFrom(picture)) apart.add(other);
  };
  while (taken.length < size) {
    const start = firstFree(free, apart);
    take(start);
    let at = start;
    for (let idle = 0; idle < degree && taken.length < size; idle += 1) {
      const isBack = random.uniform(0, 1) < restartProbability;
      at = isBack ? start : (neighbours[at * degree + random.index(degree)] as number);
      if (!free.has(at) || apart.has(at)) continue;
      take(at);
      idle = -1;
    }
  }
  return taken;
}

/** The first free picture that need not be apart from those taken; the first of all if there is none. */
function firstFree(free: ReadonlySet<number>, apart: ReadonlySet<number>): number {
  let first: number | null = null;
  for (const picture of free) {
    first ??= picture;
    if (!apart.has(picture)) return picture;
  }
  return first ?? 0;
}
