import { EngineError } from '../../contract/errors.ts';
import { readRun } from '../embedding-cache.ts';
import { layoutMap } from '../map/layout-map.ts';
import { mutualNeighbourCount } from '../../contract/bins.ts';
import { readMap, saveMap } from '../store/maps.ts';
import { findRun } from '../store/runs.ts';
import type { JobRunner } from './job-runners.ts';
import { keptNeighbours } from './kept-neighbours.ts';

const neighbourShare = 0.3;

/** Lays a run's pictures out on the map; one made before with the same parameters is taken as it is. */
export const runMapJob: JobRunner<'map'> = async (context, { run: reference, ...parameters }) => {
  const { library, signal, now } = context;
  const started = now();
  const run = findRun(library, reference);
  if (run.weightsHash === null) {
    throw new EngineError('not-found', `The run "${run.name}" has no embeddings yet.`);
  }
  const report = (progress: number, message: string): void =>
    context.report({ progress, message, run: run.id });
  report(0, 'Reading embeddings');
  const embeddings = await readRun(library, run.name, run.weightsHash);
  const { ids, vectors, count, dimensions } = embeddings;
  const known = readMap(library, run.weightsHash, ids, parameters);
  const neighbours = await keptNeighbours(
    library,
    embeddings,
    Math.max(parameters.neighbours - 1, mutualNeighbourCount),
    {
      signal,
      onProgress: (fraction) => report(neighbourShare * fraction, 'Finding neighbours'),
    },
  );
  await context.breathe();
  const coordinates =
    known?.coordinates ??
    (await layoutMap({
      vectors,
      count,
      dimensions,
      ...(neighbours && { neighbours }),
      parameters,
      signal,
      onProgress: (fraction) =>
        report(neighbourShare + (1 - neighbourShare) * fraction, 'Laying out the map'),
    }));
  // Saved again even if known: the map that was asked for last is the one to be shown.
  saveMap(library, run.weightsHash, { parameters, sampleIds: ids, coordinates });
  report(1, `${count} points`);
  return { points: count, seconds: (now() - started) / 1000 };
};
