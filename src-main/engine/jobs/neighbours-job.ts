import { mutualNeighbourCount } from '../../contract/bins.ts';
import { EngineError } from '../../contract/errors.ts';
import { readRun } from '../embedding-cache.ts';
import { findRun } from '../store/runs.ts';
import type { JobRunner } from './job-runners.ts';
import { keptNeighbours } from './kept-neighbours.ts';

/** Finds the neighbours of every picture of a run and keeps them; those kept before are taken. */
export const runNeighboursJob: JobRunner<'neighbours'> = async (context, { run: reference }) => {
  const { library, signal } = context;
  const run = findRun(library, reference);
  if (run.weightsHash === null) {
    throw new EngineError('not-found', `The run "${run.name}" has no embeddings yet.`);
  }
  const report = (progress: number, message: string): void =>
    context.report({ progress, message, run: run.id });
  report(0, 'Reading embeddings');
  const embeddings = await readRun(library, run.name, run.weightsHash);
  const found = await keptNeighbours(library, embeddings, mutualNeighbourCount, {
    signal,
    onProgress: (fraction) => report(fraction, 'Finding neighbours'),
  });
  report(1, `${embeddings.count} pictures`);
  return { pictures: embeddings.count, neighbours: found?.k ?? 0 };
};
