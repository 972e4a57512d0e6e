import { describe, expect, it } from 'vitest';
import {
  namedSplits,
  splitAccuracy,
  usualSplits,
} from '../../../src-main/engine/evaluation/split-accuracy.ts';

/** Unit vectors at these angles in degrees. */
function rowsAt(degrees: readonly number[]) {
  const radians = degrees.map((angle) => (angle * Math.PI) / 180);
  const vectors = Float32Array.from(radians.flatMap((at) => [Math.cos(at), Math.sin(at)]));
  return { vectors, count: degrees.length, dimensions: 2 };
}

const goOn = (): Promise<void> => Promise.resolve();

describe('accuracy on a held-out split', () => {
  // Rows 0 to 3 train: class 0 about 0°, class 1 about 90°. Rows 4 to 7 test.
  const rows = rowsAt([0, 10, 80, 90, 5, 85, 20, 12]);
  const labels = Int32Array.of(0, 0, 1, 1, 0, 1, 1, -1);
  const train = Uint32Array.of(0, 1, 2, 3);

  it('lets only training pictures vote: three of four test pictures lie by their class', async () => {
    const test = Uint32Array.of(4, 5, 6, 7);
    const scores = await splitAccuracy({ rows, labels, train, test, k: 2 }, goOn);
    // 20° is labelled 1 but nearer to class 0; the last has no label and does not count.
    expect(scores).toEqual({
      ...{ knn: 2 / 3, linear: 2 / 3, trainPictures: 4, testPictures: 3 },
      // All of class 0 and half of class 1.
      ...{ knnBalanced: 3 / 4, linearBalanced: 3 / 4 },
    });
  });

  it('never lets a test picture vote for its neighbour', async () => {
    // Leaving one out, 40° and 42° of class 1 would find each other; no training picture says so.
    const near = { rows: rowsAt([0, 10, 80, 90, 40, 42]), labels: Int32Array.of(0, 0, 1, 1, 1, 1) };
    const scores = await splitAccuracy({ ...near, train, test: Uint32Array.of(4, 5), k: 1 }, goOn);
    expect(scores.knn).toBe(0);
  });

  it('counts a class that is only in the test split as wrong', async () => {
    const only = Int32Array.of(0, 0, 1, 1, 2, 1, 0, 0);
    const test = Uint32Array.of(4, 5);
    expect((await splitAccuracy({ rows, labels: only, train, test, k: 5 }, goOn)).knn).toBe(0.5);
  });

  it('is null without two classes or without test pictures', async () => {
    const none = await splitAccuracy({ rows, labels, train, test: new Uint32Array(0), k: 2 }, goOn);
    expect(none).toEqual({
      ...{ knn: null, linear: null, trainPictures: 4, testPictures: 0 },
      ...{ knnBalanced: null, linearBalanced: null },
    });
    const one = Int32Array.from(labels, () => 0);
    const test = Uint32Array.of(4, 5);
    expect((await splitAccuracy({ rows, labels: one, train, test, k: 2 }, goOn)).knn).toBeNull();
  });
});

describe('a group that is in both splits', () => {
  it('is learned from by neither: its training pictures do not count', async () => {
    const rows = rowsAt([0, 10, 80, 90, 5, 85]);
    const labels = Int32Array.of(0, 0, 1, 1, 0, 1);
    const groups = Int32Array.of(0, 1, 2, 3, 0, 5);
    const [train, test] = [Uint32Array.of(0, 1, 2, 3), Uint32Array.of(4, 5)];
    const scores = await splitAccuracy({ rows, labels, train, test, k: 2, groups }, goOn);
    expect(scores).toMatchObject({ trainPictures: 3, testPictures: 2, knn: 1 });
  });
});

describe('the splits of an evaluation', () => {
  it.each([
    [['train', 'val'], { train: ['train'], test: ['val'] }],
    [['test', 'train', 'val'], { train: ['train'], test: ['test'] }],
    [
      ['train/fold_0', 'train/fold_1', 'test'],
      { train: ['train/fold_0', 'train/fold_1'], test: ['test'] },
    ],
    [['train2017', 'val2017'], { train: ['train2017'], test: ['val2017'] }],
    [['fold1', 'fold2'], null],
    [['train'], null],
    [[], null],
  ])('of %j are %j', (splits, expected) => {
    expect(usualSplits(splits)).toEqual(expected);
  });

  it('by name have to exist and to be on one side', () => {
    const known = ['train', 'val'];
    expect(namedSplits(known, { train: ['val'], test: ['train'] }).train).toEqual(['val']);
    expect(() => namedSplits(known, { train: ['train'], test: ['vall'] })).toThrow('"val"');
    expect(() => namedSplits([], { train: ['train'], test: ['val'] })).toThrow('no split "train"');
    expect(() => namedSplits(known, { train: ['val'], test: ['val'] })).toThrow('both');
  });
});
