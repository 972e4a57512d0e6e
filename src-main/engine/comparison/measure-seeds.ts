import { precisionNeighbours } from '../../contract/run-scores.ts';
import { singleLabels } from '../evaluation/label-columns.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { readRun } from '../neighbours/embedding-cache.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { Run } from '../store/runs.ts';
import { comparedSide } from './compared-side.ts';
import { scoredRuns } from './described-comparison.ts';
import { measureSeedPair, scoreSide, seedPairs } from './seed-pieces.ts';
import { nullGroups } from './seeded-sides.ts';
import type { SeededSides } from './seeded-sides.ts';
import type { ComparisonStore } from './stored-comparison.ts';

/**
 * Measures what is not stored yet of the seeds of a comparison: the scores of each on the shared
 * pictures, and how pairs of them differ.
 */
export async function measureSeeds(
  context: JobContext,
  sides: SeededSides,
  store: ComparisonStore,
  k: number,
  report: (fraction: number, message: string) => void,
): Promise<void> {
  const seeds = store.seedStore(context.library, k);
  const unscored = scoredRuns(sides).filter((run) => !seeds.scores(run));
  const pairs = nullGroups(sides)
    .flatMap(seedPairs)
    .filter((pair) => !seeds.pair(pair));
  const wanted = [...new Set([...unscored, ...pairs.flat()])];
  const neighbours = new Map<number, Neighbours>();
  const labels = singleLabels(store.known.labels, store.known.labelMembers);
  for (const [index, run] of wanted.entries()) {
    report(index / wanted.length, `Measuring the seed ${run.name}`);
    const side = await sideOfRun(context, run, store.ids, Math.max(k, precisionNeighbours));
    if (side !== null) neighbours.set(run.id, side.neighbours);
    if (unscored.includes(run)) seeds.saveScores(run, side && (await scoreSide(side, labels)));
    await context.yieldToEvents();
  }
  for (const pair of pairs) {
    const [first, second] = pair.map(({ id }) => neighbours.get(id));
    seeds.savePair(pair, first && second ? measureSeedPair(first, second, k) : null);
    await context.yieldToEvents();
  }
}

/** The side of a run; null where it has not embedded all of the pictures. */
async function sideOfRun(context: JobContext, run: Run, ids: Uint32Array, k: number) {
  const embeddings = await readRun(context.library, run.name, run.weightsHash ?? '');
  if (!ids.every((id) => embeddings.rowOfId.has(id))) return null;
  return comparedSide(context, embeddings, ids, k, () => undefined);
}
