import { createHash } from 'node:crypto';
import { mutualNeighbourCount } from '../../contract/bins.ts';
import type { ComparedRun, Comparison } from '../../contract/comparison.ts';
import { EngineError } from '../../contract/errors.ts';
import { compareRows } from '../comparison/compare-rows.ts';
import type { ComparedSide } from '../comparison/compare-rows.ts';
import { readRun } from '../embedding-cache.ts';
import type { RunEmbeddings } from '../embedding-cache.ts';
import { exactNeighbours } from '../neighbours/exact-neighbours.ts';
import { listCheckpoints } from '../store/checkpoints.ts';
import { readComparison, saveComparison } from '../store/comparisons.ts';
import type { Library } from '../store/library-file.ts';
import { findRun } from '../store/runs.ts';
import { hashSampleIds } from '../store/sample-ids.ts';
import type { JobContext } from './job-context.ts';
import type { CheckedJobInput, JobRunner } from './job-runners.ts';
import { keptNeighbours } from './kept-neighbours.ts';
import { knownPairs } from './known-pairs.ts';

interface NamedEmbeddings {
  readonly name: string;
  readonly embeddings: RunEmbeddings;
}

/** Compares each run or checkpoint with each other one on the pictures that both have embedded. */
export const runCompareJob: JobRunner<'compare'> = async (context, input) => {
  const runs: NamedEmbeddings[] = [];
  for (const wanted of input.runs) runs.push(await readCompared(context.library, wanted));
  const pairs = runs.flatMap((first, place) =>
    runs.slice(place + 1).map((second) => [first, second] as const),
  );
  const comparisons: Comparison[] = [];
  for (const [first, second] of pairs) {
    const report = (fraction: number, message: string): void =>
      context.report({ progress: (comparisons.length + fraction) / pairs.length, message });
    comparisons.push(await comparePair(context, first, second, input, report));
  }
  context.report({ progress: 1, message: 'Compared' });
  return { comparisons };
};

async function readCompared(
  library: Library,
  { run: reference, epoch }: ComparedRun,
): Promise<NamedEmbeddings> {
  const run = findRun(library, reference);
  if (epoch === undefined) {
    if (run.weightsHash === null) {
      throw new EngineError('not-found', `The run "${run.name}" has no embeddings yet.`);
    }
    return { name: run.name, embeddings: await readRun(library, run.name, run.weightsHash) };
  }
  const name = `${run.name}@${epoch}`;
  const checkpoint = listCheckpoints(library, run.id).find((kept) => kept.epoch === epoch);
  if (checkpoint === undefined) {
    throw new EngineError(
      'not-found',
      `The run "${run.name}" has no checkpoint of epoch ${epoch}: it was deleted, or never made.`,
    );
  }
  return { name, embeddings: await readRun(library, name, checkpoint.weightsHash) };
}

async function comparePair(
  context: JobContext,
  first: NamedEmbeddings,
  second: NamedEmbeddings,
  { k, most, seed }: CheckedJobInput<'compare'>,
  report: (fraction: number, message: string) => void,
): Promise<Comparison> {
  const { library } = context;
  const ids = first.embeddings.ids.filter((id) => second.embeddings.rowOfId.has(id));
  if (k >= ids.length) {
    throw new EngineError(
      'bad-argument',
      `"${first.name}" and "${second.name}" share ${ids.length} embedded pictures: k = ${k} neighbours need more of them. Choose a smaller k.`,
    );
  }
  const { known, labels } = knownPairs(library, ids);
  const key = {
    first: first.embeddings.weightsHash,
    second: second.embeddings.weightsHash,
    samplesHash: hashSampleIds(ids),
    parameters: JSON.stringify({ k, most, seed, known: hashOf(known), labels: hashOf(labels) }),
  };
  const names = { a: first.name, b: second.name };
  const kept = readComparison(library, key);
  if (kept !== null) return { ...(JSON.parse(kept) as Comparison), ...names };
  const [one, other] = [
    await sideOf(context, first, ids, k, (done) => report(0.25 * done, 'Finding neighbours')),
    await sideOf(context, second, ids, k, (done) =>
      report(0.25 + 0.25 * done, 'Finding neighbours'),
    ),
  ];
  const rows = await compareRows(one, other, known, {
    k,
    most,
    seed,
    breathe: async (done) => {
      report(0.5 + 0.5 * done, 'Comparing');
      await context.breathe();
    },
  });
  const idsOf = (places: readonly number[]): number[] => places.map((row) => ids[row] ?? 0);
  const result: Comparison = {
    ...rows,
    ...names,
    mostChanged: rows.mostChanged.map((changed) => ({
      ...changed,
      id: ids[changed.id] ?? 0,
      gained: idsOf(changed.gained),
      lost: idsOf(changed.lost),
    })),
    mostChangedLabels: rows.mostChangedLabels.map(({ label, ...change }) => ({
      label: labels[label] ?? '',
      ...change,
    })),
  };
  saveComparison(library, key, JSON.stringify(result));
  return result;
}

/** A run on the shared pictures, with its neighbours among them: those kept, where they are all of its. */
async function sideOf(
  { library, signal }: JobContext,
  { embeddings }: NamedEmbeddings,
  ids: Uint32Array,
  k: number,
  onProgress: (fraction: number) => void,
): Promise<ComparedSide> {
  const { dimensions, rowOfId, vectors: all } = embeddings;
  const wanted = Math.min(Math.max(k, mutualNeighbourCount), ids.length - 1);
  if (ids.length === embeddings.count) {
    const neighbours = await keptNeighbours(library, embeddings, wanted, { signal, onProgress });
    if (neighbours !== null) return { vectors: all, count: ids.length, dimensions, neighbours };
  }
  const vectors = new Float32Array(ids.length * dimensions);
  for (const [row, id] of ids.entries()) {
    const start = (rowOfId.get(id) ?? 0) * dimensions;
    vectors.set(all.subarray(start, start + dimensions), row * dimensions);
  }
  const rows = { vectors, count: ids.length, dimensions };
  return {
    ...rows,
    neighbours: await exactNeighbours({ ...rows, k: wanted, signal, onProgress }),
  };
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
