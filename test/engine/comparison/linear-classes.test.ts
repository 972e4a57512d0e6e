import { expect, test } from 'vitest';
import { linearClasses } from '../../../src-main/engine/comparison/linear-classes.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

const count = 40;
const dimensions = 3;
const classes = 3;

function noisyRows(seed: number): { vectors: Float32Array; labels: Int32Array } {
  const random = seedRandom(seed);
  const labels = Int32Array.from({ length: count }, (_, row) => row % classes);
  const vectors = Float32Array.from({ length: count * dimensions }, (_, index) => {
    const isOwn = labels[Math.floor(index / dimensions)] === index % dimensions;
    return (isOwn ? 0.8 : 0) + random.normal();
  });
  return { vectors, labels };
}

/** Solves A x = b by Gauss's elimination with pivots. */
function solve(a: number[][], b: number[]): number[] {
  const rows = a.map((line, i) => [...line, b[i]!]);
  for (let column = 0; column < rows.length; column++) {
    const sizes = rows.map((line, i) => (i < column ? -1 : Math.abs(line[column]!)));
    const pivot = sizes.indexOf(Math.max(...sizes));
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (const [i, line] of rows.entries()) {
      if (i === column) continue;
      const factor = line[column]! / rows[column]![column]!;
      rows[i] = line.map((value, j) => value - factor * rows[column]![j]!);
    }
  }
  return rows.map((line, i) => line[rows.length]! / line[i]!);
}

/** Learns from all rows but one, for each row: ridge regression whose constant is free. */
function leftOut(vectors: Float32Array, labels: Int32Array, lambda: number): number[] {
  const features = Array.from({ length: count }, (_, row) => [
    1,
    ...vectors.subarray(row * dimensions, (row + 1) * dimensions),
  ]);
  return features.map((own, out) => {
    const rest = features.filter((_, row) => row !== out);
    const restLabels = [...labels].filter((_, row) => row !== out);
    const gram = own.map((_, i) =>
      own.map(
        (__, j) =>
          rest.reduce((total, x) => total + x[i]! * x[j]!, 0) + (i === j && i > 0 ? lambda : 0),
      ),
    );
    const scores = Array.from({ length: classes }, (_, label) => {
      const target = own.map((__, i) =>
        rest.reduce((total, x, row) => total + (restLabels[row] === label ? x[i]! : 0), 0),
      );
      return solve(gram, target).reduce((total, w, i) => total + w * own[i]!, 0);
    });
    return scores.indexOf(Math.max(...scores));
  });
}

test('gives each row the label that learning from all other rows gives it', async () => {
  const { vectors, labels } = noisyRows(1);
  const means = Array.from(
    { length: dimensions },
    (_, d) => vectors.reduce((t, v, i) => t + (i % dimensions === d ? v : 0), 0) / count,
  );
  const variance = vectors.reduce((t, v, i) => t + (v - means[i % dimensions]!) ** 2, 0);
  const expected = leftOut(vectors, labels, (1e-3 * variance) / dimensions);
  const given = await linearClasses({ vectors, count, dimensions }, labels);
  expect([...given!]).toEqual(expected);
  const right = expected.filter((label, row) => label === labels[row]).length;
  // The rows are neither hopeless nor trivial.
  expect(right).toBeGreaterThan(count / classes);
  expect(right).toBeLessThan(count);
});

test('rows without a label neither teach nor are judged', async () => {
  const { vectors, labels } = noisyRows(2);
  const rows = { vectors, count, dimensions };
  const some = labels.map((label, row) => (row < 30 ? label : -1));
  const given = await linearClasses(rows, some);
  const alone = await linearClasses(
    { vectors: vectors.subarray(0, 30 * dimensions), count: 30, dimensions },
    labels.subarray(0, 30),
  );
  expect([...given!]).toEqual([...alone!, ...Array<number>(10).fill(-1)]);
});

test('with one label there is nothing to classify', async () => {
  const { vectors, labels } = noisyRows(3);
  const rows = { vectors, count, dimensions };
  expect(
    await linearClasses(
      rows,
      labels.map(() => 0),
    ),
  ).toBeNull();
  expect(
    await linearClasses(
      rows,
      labels.map(() => -1),
    ),
  ).toBeNull();
});

test('features that are all the same give the most frequent label of the others', async () => {
  const labels = Int32Array.from([0, 0, 0, 0, 1]);
  const rows = { vectors: new Float32Array(5 * 2).fill(1), count: 5, dimensions: 2 };
  expect([...(await linearClasses(rows, labels))!]).toEqual([0, 0, 0, 0, 0]);
});
