import { EngineError } from '../../contract/errors/errors.ts';
import { startAddonWorker } from '../threads/addon-workers.ts';
import { workerEntry } from '../threads/worker-entry.ts';
import { NeighbourSelection } from './neighbour-selection.ts';
import type { NeighboursProgress, NeighboursTask } from './neighbours.worker.ts';
import { checkUnitRows, checkUnitRowsOnce, productsWithAll } from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { usableThreads } from '../threads/compute-limits.ts';

/**
 * The k nearest other rows of each row, the most similar first: both arrays are [count, k], row-major.
 */
export interface Neighbours {
  readonly rows: Int32Array;
  /** Cosine similarities, -1 to 1. */
  readonly similarities: Float32Array;
  readonly k: number;
}

interface NeighboursRequest extends UnitRows {
  readonly k: number;
  /**
   * The group of each row: rows of one group are no neighbours of each other. A row with fewer than k
   * others outside its group has the row -1 for those that are missing.
   */
  readonly groups?: Int32Array | undefined;
  readonly signal?: AbortSignal;
  /** Called with the fraction that is done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  /** Number of worker threads; one per core, but at most 8, if left out. */
  readonly threads?: number;
}

/** The number of anchors below which a second thread costs more time than it saves. */
const anchorsPerThread = 1000;

/**
 * The exact k nearest neighbours of every row by cosine, without itself, ties by the lower row;
 * computed in worker threads.
 * @throws EngineError bad-argument (k out of range, rows that are not finite or not of length 1),
 * cancelled
 */
export async function exactNeighbours(request: NeighboursRequest): Promise<Neighbours> {
  const { count, k, signal, onProgress } = request;
  checkNeighbourCount(k, count);
  checkUnitRows(request);
  refuseCancelled(signal);
  const rows = new Int32Array(new SharedArrayBuffer(count * k * 4));
  const similarities = new Float32Array(new SharedArrayBuffer(count * k * 4));
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const cancel = () => void Atomics.store(stop, 0, 1);
  signal?.addEventListener('abort', cancel, { once: true });
  let done = 0;
  const advance = (anchors: number) => onProgress?.((done += anchors) / count);
  const tasks = shares(request, { rows, similarities, stop });
  try {
    await Promise.all(tasks.map((task) => runWorker(task, advance, cancel)));
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
  if (Atomics.load(stop, 0) !== 0) throw cancelled();
  return { rows, similarities, k };
}

/**
 * The exact k nearest neighbours of one row, the most similar first, ties by the lower row; computed in
 * this thread (50,000 x 128: about 20 ms).
 * @throws EngineError bad-argument as `exactNeighbours`, and for a row that does not exist
 */
export function neighboursOfOne(request: UnitRows & { row: number; k: number }): Neighbours {
  const { count, row, k } = request;
  checkNeighbourCount(k, count);
  checkUnitRowsOnce(request);
  if (!Number.isInteger(row) || row < 0 || row >= count) {
    throw new EngineError('bad-argument', `There is no row ${row} among ${count} embeddings.`);
  }
  const products = new Float32Array(productsWithAll(request, row));
  const found = { rows: new Int32Array(k), similarities: new Float32Array(k), k };
  new NeighbourSelection(request, k).select(row, products, 0, found.rows, found.similarities, 0);
  return found;
}

function checkNeighbourCount(k: number, count: number): void {
  if (Number.isInteger(k) && k >= 1 && k < count) return;
  throw new EngineError(
    'bad-argument',
    `Cannot find ${k} neighbours among ${count} pictures: k must be a whole number from 1 to ${Math.max(1, count - 1)}, and there must be at least 2 pictures.`,
  );
}

function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

function cancelled(): EngineError {
  return new EngineError('cancelled', 'The search for neighbours was cancelled.');
}

function shares(
  { vectors, count, dimensions, k, groups, threads }: NeighboursRequest,
  outputs: Pick<NeighboursTask, 'rows' | 'similarities' | 'stop'>,
): NeighboursTask[] {
  const wanted = threads ?? Math.min(8, usableThreads(), Math.ceil(count / anchorsPerThread));
  const share = Math.ceil(count / Math.max(1, wanted));
  const shared = inSharedMemory(vectors);
  const tasks: NeighboursTask[] = [];
  for (let firstRow = 0; firstRow < count; firstRow += share) {
    const endRow = Math.min(count, firstRow + share);
    tasks.push({ vectors: shared, count, dimensions, k, groups, firstRow, endRow, ...outputs });
  }
  return tasks;
}

/** The same values in memory that all threads share: `values` itself if it is there already. */
export function inSharedMemory(values: Float32Array): Float32Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

function runWorker(
  task: NeighboursTask,
  advance: (anchors: number) => void,
  stopOthers: () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = startAddonWorker(workerEntry('neighbours/neighbours.worker'), task);
    worker.on('message', (progress: NeighboursProgress) => advance(progress.anchors));
    worker.on('error', (error: Error) => {
      stopOthers();
      reject(error);
    });
    worker.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new EngineError('internal', `The neighbour search ended with code ${code}.`));
    });
  });
}

/** The first `k` neighbours of a row, the most similar first. */
export function nearestOf({ rows, k: width }: Neighbours, row: number, k: number): Int32Array {
  return rows.subarray(row * width, row * width + k);
}
