import { layoutMap } from './layout-map.ts';
import { mutualNeighbourCount } from '../../contract/bins.ts';
import { readMap, saveMap } from '../store/maps.ts';
import { storedParameters } from './stored-parameters.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { storedNeighbours } from '../neighbours/stored-neighbours.ts';
import { openRun } from '../neighbours/open-run.ts';

const neighbourShare = 0.3;
/** The pause between two maps that are sent while it is laid out; longer with more pictures. */
const leastPauseMs = 120;
const pauseMsPerPicture = 0.01;

/** Lays a run's pictures out on a map, unless there is a map with the same parameters already. */
export const runMapJob: JobRunner<'map'> = async (context, { run: reference, ...parameters }) => {
  const { library, signal, now } = context;
  const started = now();
  const { run, embeddings, report } = await openRun(context, reference);
  const { ids, vectors, count, dimensions } = embeddings;
  const stored = storedParameters(parameters);
  const known = readMap(library, run.weightsHash, ids, stored);
  const neighbours =
    parameters.method === 'pca'
      ? null
      : await storedNeighbours(
          library,
          embeddings,
          Math.max(parameters.neighbours - 1, mutualNeighbourCount),
          {
            signal,
            onProgress: (fraction) => report(neighbourShare * fraction, 'Finding neighbours'),
          },
        );
  await context.yieldToEvents();
  // The first coordinates are sent at once, because with a small library they may be the only ones.
  let shownAt = -Infinity;
  const pauseMs = Math.max(leastPauseMs, count * pauseMsPerPicture);
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
      onCoordinates: (coordinates, epoch, epochs) => {
        if (now() - shownAt < pauseMs) return;
        shownAt = now();
        context.showMap({
          ...{ run: run.id, epoch, epochs },
          ids: new Uint32Array(ids),
          coordinates: new Float32Array(coordinates),
        });
      },
    }));
  // A known map is saved again too: the map that was asked for last is the one that is shown.
  saveMap(library, run.weightsHash, { parameters: stored, sampleIds: ids, coordinates });
  report(1, `${count} points`);
  return { points: count, seconds: (now() - started) / 1000 };
};
