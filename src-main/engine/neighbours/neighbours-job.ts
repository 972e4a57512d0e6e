import { mutualNeighbourCount } from '../../contract/bins.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { storedNeighbours } from './stored-neighbours.ts';
import { openRun } from './open-run.ts';

/**
 * Finds and stores the neighbours of every picture of a run; neighbours that are stored already are
 * used.
 */
export const runNeighboursJob: JobRunner<'neighbours'> = async (context, { run: reference }) => {
  const { library, signal } = context;
  const { embeddings, report } = await openRun(context, reference);
  const found = await storedNeighbours(library, embeddings, mutualNeighbourCount, {
    signal,
    onProgress: (fraction) => report(fraction, 'Finding neighbours'),
  });
  report(1, `${embeddings.count} pictures`);
  return { pictures: embeddings.count, neighbours: found?.k ?? 0 };
};
