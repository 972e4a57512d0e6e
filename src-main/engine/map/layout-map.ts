import { Worker } from 'node:worker_threads';
import { EngineError } from '../../contract/errors/errors.ts';
import { exactNeighbours, inSharedMemory } from '../neighbours/exact-neighbours.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { checkUnitRows } from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { workerEntry } from '../threads/worker-entry.ts';
import { automaticEpochs, resolveMapParameters } from './map-parameters.ts';
import type { MapParameters } from './map-parameters.ts';
import type { MapMessage, MapTask } from './umap.worker.ts';

/** The rows that are to be laid out, and how. */
interface MapRequest extends UnitRows {
  /**
   * Exact neighbours of the same rows, at least parameters.neighbours - 1 each; searched if
   * undefined.
   */
  readonly neighbours?: Neighbours;
  readonly parameters?: Partial<MapParameters>;
  /** The positions from which UMAP starts, [count, 2]; undefined for the principal components. */
  readonly start?: Float32Array;
  readonly signal?: AbortSignal;
  /** Called with the fraction done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  /** Called every few epochs with a copy of the map so far, [count, 2]. */
  readonly onCoordinates?: (coordinates: Float32Array, epoch: number, epochs: number) => void;
}

/** The part of the progress that a search for neighbours takes, if there is one. */
const neighboursShare = 0.3;
const reports = 50;

/**
 * Lays the rows out in two dimensions by UMAP or PCA in a worker thread; x and y, [count, 2]. The same
 * rows, parameters and seed give the same map bit for bit, on any number of cores. With fewer rows than
 * `neighbours` all rows are neighbours of each other.
 * @throws EngineError bad-argument, cancelled
 */
export async function layoutMap(request: MapRequest): Promise<Float32Array> {
  const parameters = resolveMapParameters(request.parameters ?? {});
  checkUnitRows(request);
  refuseCancelled(request.signal);
  const { count, dimensions, onProgress } = request;
  const k = Math.min(parameters.neighbours, count) - 1;
  if (k < 1) return new Float32Array(count * 2);
  const rows = { vectors: inSharedMemory(request.vectors), count, dimensions };
  const searches = parameters.method === 'umap' && request.neighbours === undefined;
  const neighbours =
    parameters.method === 'umap' ? await neighboursFor({ ...request, ...rows }, k) : null;
  const done = searches ? neighboursShare : 0;
  const task = {
    rows,
    neighbours,
    start: request.start ?? null,
    parameters: { ...parameters, epochs: parameters.epochs ?? automaticEpochs(count) },
  };
  return await runWorker(task, request, (fraction) => onProgress?.(done + (1 - done) * fraction));
}

async function neighboursFor(request: MapRequest, k: number): Promise<Neighbours> {
  const { vectors, count, dimensions, neighbours, signal, onProgress } = request;
  if (neighbours === undefined) {
    return await exactNeighbours({
      vectors,
      count,
      dimensions,
      k,
      ...(signal && { signal }),
      onProgress: (fraction) => onProgress?.(neighboursShare * fraction),
    });
  }
  if (neighbours.k < k || neighbours.rows.length !== count * neighbours.k) {
    throw new EngineError(
      'bad-argument',
      `The map needs ${k} neighbours of each of ${count} pictures, got ${neighbours.k} of ${neighbours.rows.length / neighbours.k}.`,
    );
  }
  return neighbours;
}

function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new EngineError('cancelled', 'Laying out the map was cancelled.');
}

function runWorker(
  task: Pick<MapTask, 'rows' | 'neighbours' | 'start' | 'parameters'>,
  { signal, onCoordinates }: MapRequest,
  advance: (fraction: number) => void,
): Promise<Float32Array> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const workerData: MapTask = {
    ...task,
    reportEvery: Math.max(1, Math.floor(task.parameters.epochs / reports)),
    sendsCoordinates: onCoordinates !== undefined,
    stop,
  };
  const cancel = () => void Atomics.store(stop, 0, 1);
  signal?.addEventListener('abort', cancel, { once: true });
  return new Promise<Float32Array>((resolve, reject) => {
    const worker = new Worker(workerEntry('map/umap.worker'), { workerData });
    worker.on('message', ({ epoch, epochs, coordinates }: MapMessage) => {
      if (signal?.aborted) return;
      advance(epoch / epochs);
      if (coordinates) onCoordinates?.(coordinates, epoch, epochs);
      if (coordinates && epoch === epochs) resolve(coordinates);
    });
    worker.on('error', (error: Error) => reject(error));
    worker.on('exit', (code) => {
      if (signal?.aborted)
        reject(new EngineError('cancelled', 'Laying out the map was cancelled.'));
      else reject(new EngineError('internal', `Laying out the map ended early with code ${code}.`));
    });
  }).finally(() => signal?.removeEventListener('abort', cancel));
}
