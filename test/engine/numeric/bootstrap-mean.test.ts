import { expect, test } from 'vitest';
import { bootstrapMean, bootstrapMeans } from '../../../src-main/engine/numeric/bootstrap-mean.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

function normals(seed: number): Float64Array {
  const random = seedRandom(seed);
  return Float64Array.from({ length: 2000 }, () => random.normal());
}

test('the bootstrap interval of a mean is about 1.96 standard errors to each side', () => {
  const { mean, low, high } = bootstrapMean(normals(3), 1);
  expect(mean - low).toBeCloseTo(1.96 / Math.sqrt(2000), 2);
  expect(high - mean).toBeCloseTo(1.96 / Math.sqrt(2000), 2);
  expect(bootstrapMean(normals(3), 1)).toEqual({ mean, low, high });
});

test('columns that are drawn together have the intervals that each has alone', () => {
  const [one, other] = [normals(3), normals(4)];
  expect(bootstrapMeans({ one, other }, 7)).toEqual({
    one: bootstrapMean(one, 7),
    other: bootstrapMean(other, 7),
  });
});
