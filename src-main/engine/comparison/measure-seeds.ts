import { precisionNeighbours } from '../../contract/run-scores.ts';
import { neededNeighbours } from '../evaluation/score-embeddings.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { readRun } from '../neighbours/embedding-cache.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { Run } from '../store/runs.ts';
import { comparedSide, scoredBy } from './compared-side.ts';
import { scoredRuns } from './described-comparison.ts';
import { measureSeedPair, scoreSide, seedPairs } from './seed-pieces.ts';
import { nullGroups } from './seeded-sides.ts';
import type { SeededSides } from './seeded-sides.ts';
import type { ComparedSide, ScoredBy } from './side-scores.ts';
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
  if (wanted.length === 0) return;
  const by = await scoredBy(context, store.ids, store.known);
  for (const [index, run] of wanted.entries()) {
    const measuring = (done: number): void =>
      report((index + done) / wanted.length, `Measuring the seed ${run.name}`);
    const side = await sideOfRun(context, run, store.ids, by, k, measuring);
    if (side !== null) neighbours.set(run.id, side.neighbours);
    if (unscored.includes(run)) seeds.saveScores(run, side && (await scoreSide(side, by)));
    await context.yieldToEvents();
  }
  for (const pair of pairs) {
    const [first, second] = pair.map(({ id }) => neighbours.get(id));
    seeds.savePair(pair, first && second ? measureSeedPair(first, second, k) : null);
    await context.yieldToEvents();
  }
}

/** The side of a run; null where it has not embedded all of the pictures. */
async function sideOfRun(
  context: JobContext,
  run: Run,
  ids: Uint32Array,
  { groups }: Pick<ScoredBy, 'groups'>,
  k: number,
  report: (fraction: number) => void,
): Promise<ComparedSide | null> {
  const embeddings = await readRun(context.library, run.name, run.weightsHash ?? '');
  if (!ids.every((id) => embeddings.rowOfId.has(id))) return null;
  return comparedSide(context, embeddings, {
    ...{ ids, groups, k: Math.max(k, precisionNeighbours) },
    voters: neededNeighbours(ids.length - 1),
    onProgress: (done) => report(0.3 * done),
    probed: (done) => {
      report(0.3 + 0.7 * done);
      return context.yieldToEvents();
    },
  });
}
