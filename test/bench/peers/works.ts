import { availableParallelism } from 'node:os';
import { writeFilledLibrary, writeServedLibrary } from './map-library.ts';
import { writePhotos } from './photo-files.ts';
import { writeVectors } from './vector-file.ts';
import type { Side, Sizes, Work } from './work.ts';

const allThreads = availableParallelism();
const step = { pictures: 64, side: 32, threads: 2, steps: 10 };
/** A step of resnet18 takes seconds. */
const fewSteps = 4;

function torchStep(...args: string[]): Side {
  return { kind: 'python', script: 'torch_step.py', args, needs: ['torch'] };
}

const ourStep: Side = { kind: 'node', turn: 'train-resnet8' };
const torchResnet8 = torchStep('--net', 'resnet8');

/** Training steps beside PyTorch's. */
const trainings: readonly Work[] = [
  {
    ...{ name: 'train-resnet8', sizes: step, ours: ourStep, peer: torchResnet8 },
    rows: [
      {
        ...{ name: 'train-resnet8', title: 'training step of resnet8', figure: 'step' },
        bar: { atLeast: 1 },
      },
    ],
    growth: growthOfSteps(),
  },
  {
    ...{ name: 'train-resnet8-one-thread', sizes: { ...step, threads: 1 } },
    ...{ ours: ourStep, peer: torchResnet8 },
    rows: [
      {
        ...{ name: 'train-resnet8-one-thread', title: 'training step of resnet8', figure: 'step' },
        bar: { atLeast: 1 },
      },
    ],
  },
  {
    ...{
      name: 'train-resnet18',
      sizes: { ...step, steps: fewSteps },
      ours: { kind: 'node', turn: 'train-resnet18' },
    },
    peer: torchStep('--net', 'resnet18'),
    rows: [
      {
        ...{ name: 'train-resnet18', title: 'training step of resnet18', figure: 'step' },
        bar: { atLeast: 1 },
      },
    ],
  },
  {
    ...{ name: 'tune-starter', sizes: { ...step, side: 112 } },
    ours: { kind: 'node', turn: 'tune-starter' },
    peer: torchStep('--net', 'starter', '--temperature', '0.1'),
    rows: [
      {
        ...{ name: 'tune-starter', title: 'fine-tuning step of the starter encoder' },
        ...{ figure: 'step', bar: { atLeast: 1 } },
      },
    ],
  },
];

/** Two threads beside one, of ours and of PyTorch. */
const scaling: readonly Work[] = [
  {
    ...{ name: 'threads', sizes: { pictures: 64, side: 32, steps: 10 } },
    ours: { ...ourStep, sizes: { threads: 2 } },
    peer: { ...ourStep, sizes: { threads: 1 } },
    rows: [
      {
        ...{ name: 'threads', title: 'two threads beside one, resnet8, ours', figure: 'step' },
        bar: { atLeast: 1.7 },
      },
    ],
  },
  {
    ...{ name: 'threads-pytorch', sizes: { pictures: 64, side: 32, steps: 10 } },
    ours: { ...torchResnet8, sizes: { threads: 2 } },
    peer: { ...torchResnet8, sizes: { threads: 1 } },
    rows: [
      {
        ...{ name: 'threads-pytorch', title: 'two threads beside one, resnet8, PyTorch' },
        ...{ figure: 'step', bar: null },
      },
    ],
  },
];

const vectors = { points: 10_000, dimensions: 128, threads: allThreads };
const manyPoints = [10_000, 30_000, 100_000];

/** Neighbours and maps of vectors. */
const geometry: readonly Work[] = [
  {
    ...{ name: 'map', sizes: { ...vectors, neighbours: 15, epochs: 200 }, prepare: writeVectors },
    ours: { kind: 'node', turn: 'map' },
    peer: { kind: 'python', script: 'umap_learn.py', needs: ['umap', 'sklearn', 'numpy'] },
    rows: [{ name: 'map', title: 'map with its neighbours', figure: 'all', bar: { atLeast: 1 } }],
    growth: manyPoints.map((points) => ({ points })),
  },
  {
    ...{ name: 'neighbours', sizes: { ...vectors, points: 20_000, k: 15 }, prepare: writeVectors },
    ours: { kind: 'node', turn: 'neighbours' },
    peer: { kind: 'python', script: 'numpy_neighbours.py', needs: ['numpy'] },
    rows: [{ name: 'neighbours', title: 'exact neighbours', figure: 'all', bar: { atLeast: 1 } }],
    growth: [
      ...manyPoints.map((points) => ({ points })),
      ...[32, 512].map((dimensions) => ({ points: 10_000, dimensions })),
      ...(allThreads > 1 ? [{ points: 10_000, threads: 1 }] : []),
    ],
  },
];

/** Pictures and libraries. */
const libraries: readonly Work[] = [
  {
    ...{ name: 'embed', sizes: { pictures: 480 } },
    prepare: (folder, sizes) =>
      writePhotos(folder, { count: sizes['pictures'] ?? NaN, width: 500, height: 375 }),
    ours: { kind: 'node', turn: 'embed-starter' },
    peer: { kind: 'node', turn: 'starter-alone' },
    rows: [
      {
        ...{ name: 'embed', title: 'a picture of 500 x 375 px embedded by the starter encoder' },
        ...{ figure: 'picture', bar: { atLeast: 0.95 } },
      },
    ],
  },
  {
    ...{ name: 'explain', sizes: { pictures: 50_000, dimensions: 128 } },
    prepare: writeFilledLibrary,
    ours: { kind: 'node', turn: 'explain' },
    peer: null,
    rows: [
      {
        ...{ name: 'explain-first', title: 'the first anchor explained', figure: 'first' },
        bar: { atMost: 0.1 },
      },
      { name: 'explain-whole', title: 'the same with its suspicions', figure: 'whole', bar: null },
      {
        ...{ name: 'explain', title: 'one of the nine after it', figure: 'next' },
        bar: { atMost: 0.02 },
      },
      {
        ...{ name: 'explain-later', title: 'one after thirty others', figure: 'later' },
        bar: { atMost: 0.02 },
      },
    ],
    growth: [10_000, 50_000, 200_000].map((pictures) => ({ pictures })),
  },
  {
    ...{ name: 'explain-after-map', sizes: { pictures: 50_000, dimensions: 128 } },
    prepare: writeFilledLibrary,
    ours: { kind: 'node', turn: 'explain-after-map' },
    peer: null,
    rows: [
      {
        ...{ name: 'explain-after-map', title: 'the first one after its map was shown for 1.5 s' },
        ...{ figure: 'first', bar: { atMost: 0.1 } },
      },
    ],
  },
  {
    ...{ name: 'serve', sizes: { pictures: 50_000, dimensions: 128 } },
    prepare: writeServedLibrary,
    ours: { kind: 'node', turn: 'serve' },
    peer: null,
    rows: [
      {
        ...{ name: 'serve', title: '`serve` until the map is drawn', figure: 'all' },
        bar: { atMost: 1.5 },
      },
    ],
  },
  {
    ...{ name: 'scan', sizes: { pictures: 50_000 }, onlyWhenAsked: true },
    prepare: (folder, sizes) =>
      writePhotos(folder, { count: sizes['pictures'] ?? NaN, width: 96, height: 72 }),
    ours: { kind: 'node', turn: 'scan' },
    peer: null,
    rows: [{ name: 'scan', title: 'scan of small JPEGs', figure: 'all', bar: { atMost: 60 } }],
  },
];

/** All that is measured beside a peer or against a bar. */
export const works: readonly Work[] = [...trainings, ...scaling, ...geometry, ...libraries];

/** By the batch on two threads, and by the threads. */
function growthOfSteps(): Sizes[] {
  const threads = [1, 2, 4, 8, 16].filter((count) => count <= allThreads);
  return [
    ...[16, 64, 256].map((pictures) => ({ pictures })),
    ...threads.filter((count) => count !== 2).map((count) => ({ threads: count })),
  ];
}
