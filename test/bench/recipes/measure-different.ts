import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { trainInput } from '../../../src-main/contract/runs.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { runEmbedJob } from '../../../src-main/engine/encoders/embed-job.ts';
import { readRun } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { jobContext, knnOf } from './measure-recipes.ts';

/** What judging hard negatives different did to them. */
export interface MeasuredDifferent {
  readonly seed: number;
  /** The mean rank of the judged pairs, from both sides, of so many others; before and after. */
  readonly rankBefore: number;
  readonly rankAfter: number;
  readonly others: number;
  readonly knnBefore: number;
  readonly knnAfter: number;
}

const judgedPairs = 100;
const training: Partial<TrainInput> = {
  ...{ encoder: 'adapter', on: 'starter+hog' },
  ...{ verdicts: 'attract', heldOut: 0, differentRate: 1 },
};

/**
 * Judges the 100 most similar pairs of different labels different, on a copied library of the demo, and trains
 * with that; before is the encoder that the adapter is trained on.
 */
export async function measureDifferent(
  libraryFile: string,
  seed: number,
): Promise<MeasuredDifferent> {
  const library = openLibrary(libraryFile, { mode: 'write', now: Date.now });
  try {
    const context = (job: number) => jobContext(library, 2_000_000 + job);
    const before = await runEmbedJob(context(0), { encoder: 'starter+hog', device: 'cpu' });
    const pairs = await hardestPairs(library, before.run);
    library.write(() => {
      for (const pair of pairs) {
        saveVerdict(library, [...pair], { verdict: 'different', note: '', runId: null });
      }
    });
    const input = trainInput.parse({ ...training, seed, device: 'cpu' });
    const after = await runTrainJob(context(1), input);
    const { count } = await vectorsOf(library, before.run);
    return {
      seed,
      rankBefore: await meanRank(library, before.run, pairs),
      rankAfter: await meanRank(library, after.run, pairs),
      others: count - 1,
      knnBefore: await knnOf(library, before.run),
      knnAfter: await knnOf(library, after.run),
    };
  } finally {
    library.close();
  }
}

type Pair = readonly [string, string];

async function vectorsOf(library: Library, run: number) {
  const { name, weightsHash } = findRun(library, run);
  return await readRun(library, name, weightsHash ?? '');
}

/** The hashes of the most similar pairs whose labels differ. */
async function hardestPairs(library: Library, run: number): Promise<Pair[]> {
  const { ids, vectors, count, dimensions } = await vectorsOf(library, run);
  const { ids: known, hashes, labelIndex } = presentSamples(library);
  const rowOf = new Map(Array.from(known, (id, row) => [id, row]));
  const rows = Array.from(ids, (id) => rowOf.get(id) ?? -1);
  const pairs: { a: number; b: number; similarity: number }[] = [];
  for (let a = 0; a < count; a += 1) {
    for (let b = a + 1; b < count; b += 1) {
      if (labelIndex[rows[a] ?? -1] === labelIndex[rows[b] ?? -1]) continue;
      pairs.push({ a, b, similarity: similarityOf(vectors, dimensions, a, b) });
    }
  }
  const hashOf = (row: number): string => hashes[rows[row] ?? -1] ?? '';
  return pairs
    .toSorted((one, other) => other.similarity - one.similarity)
    .slice(0, judgedPairs)
    .map(({ a, b }): Pair => [hashOf(a), hashOf(b)]);
}

/** The mean number of pictures that are nearer than the other of a pair, from both sides. */
async function meanRank(library: Library, run: number, pairs: readonly Pair[]): Promise<number> {
  const { ids, vectors, count, dimensions } = await vectorsOf(library, run);
  const { ids: known, hashes } = presentSamples(library);
  const hashById = new Map(Array.from(known, (id, row) => [id, hashes[row] ?? '']));
  const rowOf = new Map(Array.from(ids, (id, row) => [hashById.get(id) ?? '', row]));
  const ranks = pairs.flatMap(([one, other]) => {
    const [a, b] = [rowOf.get(one) ?? 0, rowOf.get(other) ?? 0];
    const own = similarityOf(vectors, dimensions, a, b);
    return [a, b].map((anchor) => {
      let nearer = 0;
      for (let row = 0; row < count; row += 1) {
        if (row !== anchor && similarityOf(vectors, dimensions, anchor, row) > own) nearer += 1;
      }
      return nearer;
    });
  });
  return ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
}

function similarityOf(vectors: Float32Array, dimensions: number, a: number, b: number): number {
  let sum = 0;
  for (let index = 0; index < dimensions; index += 1) {
    sum += (vectors[a * dimensions + index] ?? 0) * (vectors[b * dimensions + index] ?? 0);
  }
  return sum;
}
