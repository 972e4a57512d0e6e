import { parentPort, workerData } from 'node:worker_threads';
import * as ort from 'onnxruntime-node';
import { gemmModel } from '../numeric/gemm-model.ts';
import { NeighbourSelection } from './neighbour-selection.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';

/** The input of one worker: the rows, the arrays for its results, and its share of the anchors. */
export interface NeighboursTask extends UnitRows {
  readonly k: number;
  /** The group of each row, whose other rows are no neighbours of it. */
  readonly groups?: Int32Array | undefined;
  readonly firstRow: number;
  readonly endRow: number;
  readonly rows: Int32Array;
  readonly similarities: Float32Array;
  /** One shared cell; another value than 0 means stop. */
  readonly stop: Int32Array;
}

/** Posted after each block: the number of anchors in it. */
export interface NeighboursProgress {
  readonly anchors: number;
}

/** Products in memory at a time: 16 MiB, so that a block stays in the processor's cache. */
const blockProducts = 2 ** 22;

async function findNeighbours(
  task: NeighboursTask,
  report: (progress: NeighboursProgress) => void,
): Promise<void> {
  const { vectors, count, dimensions, k } = task;
  const session = await ort.InferenceSession.create(gemmModel(), { intraOpNumThreads: 1 });
  const candidates = new ort.Tensor('float32', vectors, [count, dimensions]);
  const selection = new NeighbourSelection(task, k, task.groups);
  const blockRows = Math.max(1, Math.min(256, Math.floor(blockProducts / count)));
  const products = new Float32Array(blockRows * count);
  for (let start = task.firstRow; start < task.endRow; start += blockRows) {
    if (Atomics.load(task.stop, 0) !== 0) break;
    const end = Math.min(task.endRow, start + blockRows);
    const anchors = new ort.Tensor(
      'float32',
      vectors.subarray(start * dimensions, end * dimensions),
      [end - start, dimensions],
    );
    const block = products.subarray(0, (end - start) * count);
    await session.run(
      { anchors, candidates },
      { products: new ort.Tensor('float32', block, [end - start, count]) },
    );
    for (let row = start; row < end; row++) {
      selection.select(row, block, (row - start) * count, task.rows, task.similarities, row * k);
    }
    report({ anchors: end - start });
  }
  await session.release();
}

if (parentPort === null) throw new Error('neighbours.worker runs as a worker thread only.');
const port = parentPort;
const task = workerData as NeighboursTask;
port.on('message', () => void Atomics.store(task.stop, 0, 1));
port.unref();
await findNeighbours(task, (progress) => port.postMessage(progress));
