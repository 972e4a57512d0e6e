import { parentPort, workerData } from 'node:worker_threads';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { curveParameters } from './curve-parameters.ts';
import { forceTable } from './force-table.ts';
import { fuzzyGraph } from './fuzzy-graph.ts';
import type { MapParameters } from './map-parameters.ts';
import { pcaMap } from './pca.ts';
import { UmapLayout } from './umap-layout.ts';

/** The task of the worker; without neighbours it computes the principal components only. */
export interface MapTask {
  readonly rows: UnitRows;
  readonly neighbours: Neighbours | null;
  /** The positions at the start, [count, 2]; null for the principal components. */
  readonly start: Float32Array | null;
  readonly parameters: MapParameters & { readonly epochs: number };
  /** Epochs between two messages. */
  readonly reportEvery: number;
  readonly sendsCoordinates: boolean;
  /** One shared number; not 0 means stop. */
  readonly stop: Int32Array;
}

/** A message of the worker; the last one has epoch === epochs and the coordinates. */
export interface MapMessage {
  readonly epoch: number;
  readonly epochs: number;
  readonly coordinates: Float32Array | null;
}

/**
 * umap-learn's scale of a start from principal components, and its noise, which separates
 * duplicates.
 */
const startExtent = 10;
const startNoise = 1e-4;

function startFromComponents(rows: UnitRows): Float32Array {
  const start = pcaMap(rows);
  const extent = start.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = extent > 0 ? startExtent / extent : 0;
  return start.map((value) => value * scale);
}

function withNoise(start: Float32Array, seed: number): Float32Array {
  const generator = xoroshiro128plus(seed);
  return start.map((value) => value + startNoise * (2 * uniformFloat64(generator) - 1));
}

function layout(task: MapTask, neighbours: Neighbours): UmapLayout {
  const { rows, parameters } = task;
  const { a, b } = curveParameters(parameters.spread, parameters.minDistance);
  return new UmapLayout({
    graph: fuzzyGraph(
      neighbours,
      rows.count,
      Math.min(neighbours.k, parameters.neighbours - 1),
      parameters.metric,
    ),
    forces: forceTable(a, b),
    epochs: parameters.epochs,
    seed: parameters.seed,
    start: withNoise(task.start ?? startFromComponents(rows), parameters.seed),
  });
}

function run(task: MapTask, post: (message: MapMessage) => void): void {
  if (task.neighbours === null) {
    post({ epoch: 1, epochs: 1, coordinates: pcaMap(task.rows) });
    return;
  }
  const map = layout(task, task.neighbours);
  while (map.epoch < map.epochs) {
    if (Atomics.load(task.stop, 0) !== 0) return;
    map.step();
    const isLast = map.epoch === map.epochs;
    if (!isLast && map.epoch % task.reportEvery !== 0) continue;
    const coordinates = isLast || task.sendsCoordinates ? map.coordinates : null;
    post({ epoch: map.epoch, epochs: map.epochs, coordinates });
  }
}

if (parentPort === null) throw new Error('umap.worker runs as a worker thread only.');
const port = parentPort;
run(workerData as MapTask, (message) => port.postMessage(message));
