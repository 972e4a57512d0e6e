import { expect, test } from 'vitest';
import { comparedLoss, lossRows } from '../../../src-main/engine/comparison/compared-loss.ts';
import type { ComparedLoss } from '../../../src-main/engine/comparison/compared-loss.ts';
import { ComparisonStore } from '../../../src-main/engine/comparison/stored-comparison.ts';
import type { StoredComparison } from '../../../src-main/engine/comparison/stored-comparison.ts';
import { saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { createRun } from '../../../src-main/engine/store/runs.ts';
import { addSamples, temporaryLibrary } from '../store/temporary-library.ts';

const features = { vectors: Float32Array.of(1, 0, 0, 1), count: 2, dimensions: 2 };
const projected = { vectors: Float32Array.of(0, 0, 1, 1, 0, 0), dimensions: 3 };

test('is the run’s own, on z where it is stored of all pictures', () => {
  const library = temporaryLibrary();
  const ids = addSamples(library, ['a.png', 'b.png']);
  const settings = { temperature: 0.2, beta: 2 };
  const encoder = { kind: 'trained', encoder: 'resnet8', objective: 'hard' } as const;
  const run = createRun(library, { name: 'one', ...encoder, settings, state: 'done' });
  const weights = { run, weightsHash: 'w' };
  const some = { dimensions: 3, vectors: projected.vectors.subarray(0, 3) };
  saveEmbeddings(library, 'w', 'z', ids.subarray(0, 1), some);
  const onFeatures = comparedLoss(library, weights, ids);
  expect(onFeatures).toMatchObject({
    space: 'h',
    settings: { objective: 'hard', temperature: 0.2, beta: 2, hardShare: 0.5 },
  });
  expect(lossRows(library, 'w', onFeatures, ids, features)).toMatchObject(features);
  saveEmbeddings(library, 'w', 'z', ids, projected);
  const onProjected = comparedLoss(library, weights, ids);
  expect(onProjected.space).toBe('z');
  const { vectors, dimensions, count } = lossRows(library, 'w', onProjected, ids, features);
  expect([[...vectors], dimensions, count]).toEqual([[...projected.vectors], 3, 2]);
});

test('is part of what a stored comparison is known by, in either order', () => {
  const library = temporaryLibrary();
  const ids = addSamples(library, ['a.png', 'b.png']);
  const encoder = { kind: 'trained', encoder: 'resnet8', objective: 'simclr' } as const;
  const run = createRun(library, { name: 'one', ...encoder, settings: {}, state: 'done' });
  const one = comparedLoss(library, { run, weightsHash: 'w' }, ids);
  const other: ComparedLoss = { ...one, settings: { ...one.settings, temperature: 0.1 } };
  const storeOf = (
    hashes: readonly [string, string],
    losses: readonly [ComparedLoss, ComparedLoss],
  ) => new ComparisonStore(library, hashes, ids, { ...{ k: 1, most: 1, seed: 1 }, losses });
  const change = { kept: 1, new: 2, gone: 3 };
  const interval = { mean: 0, low: 0, high: 0 };
  const stored = {
    comparison: {
      hardness: interval,
      negatives: { hard: change, false: change, suspected: change, ring: change },
      ...{ alignment: { a: 1, b: 2 }, uniformity: { a: 1, b: 2 }, dimensions: { a: 1, b: 2 } },
      ...{ rankMe: { a: 1, b: 2 }, balanced: { knn: null, linear: null } },
      ...{ accuracy: null, linear: null, precisionAt20: null, mostChanged: [], changedGroups: [] },
    },
    ...{ overlap: [], hardness: [] },
  } as unknown as StoredComparison;
  storeOf(['w', 'v'], [one, other]).save(stored);
  expect(storeOf(['w', 'v'], [one, other]).read()).toEqual(stored);
  const mirrored = storeOf(['v', 'w'], [other, one]).read();
  expect(mirrored?.comparison.negatives.suspected).toEqual({ kept: 1, new: 3, gone: 2 });
  // Other settings of a run are another comparison.
  expect(storeOf(['w', 'v'], [one, one]).read()).toBeNull();
  expect(storeOf(['v', 'w'], [one, other]).read()).toBeNull();
});
