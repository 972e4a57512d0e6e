import { expect, test } from 'vitest';
import { fuzzyGraph } from '../../../src-main/engine/map/fuzzy-graph.ts';
import { exactNeighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import type { UnitRows } from '../../../src-main/engine/numeric/unit-rows.ts';
import { clusteredUnitRows } from '../neighbours/random-unit-rows.ts';
import { emojiPixels } from './emoji-pixels.ts';
import { umapJs, umapJsGraph } from './umap-reference.ts';

function withDuplicates(rows: UnitRows): UnitRows {
  const vectors = rows.vectors.slice();
  for (let copy = 0; copy < 40; copy++) {
    vectors.copyWithin((copy + 1) * rows.dimensions, 0, rows.dimensions);
  }
  return { ...rows, vectors };
}

const clusters: UnitRows = {
  vectors: clusteredUnitRows({ count: 400, dimensions: 16, clusters: 7, spread: 0.3, seed: 4 }),
  count: 400,
  dimensions: 16,
};

test.each([
  ['real pictures, k = 14', () => emojiPixels(300), 14],
  ['clusters, k = 4', () => clusters, 4],
  ['40 copies of one row', () => withDuplicates(clusters), 9],
  ['a single neighbour', () => clusters, 1],
])('equals the fuzzy simplicial set of umap-js: %s', async (_, make, k) => {
  const rows = await make();
  const neighbours = await exactNeighbours({ ...rows, k });
  const graph = fuzzyGraph(neighbours, rows.count, k);
  const expected = umapJsGraph(umapJs(neighbours, rows.count, 1));
  expect([...graph.columns]).toEqual(expected.map(({ col }) => col));
  const rowOf = expected.map(({ row }) => row);
  expect(rowOf).toEqual(
    Array.from({ length: rows.count }, (_unused, row) =>
      Array.from({ length: graph.starts[row + 1]! - graph.starts[row]! }, () => row),
    ).flat(),
  );
  const worst = expected.reduce(
    (most, { value }, edge) => Math.max(most, Math.abs(value - graph.weights[edge]!)),
    0,
  );
  expect(worst).toBeLessThan(1e-6);
});

test('takes the first k of more neighbours', async () => {
  const many = await exactNeighbours({ ...clusters, k: 30 });
  const few = await exactNeighbours({ ...clusters, k: 5 });
  expect(fuzzyGraph(many, clusters.count, 5)).toEqual(fuzzyGraph(few, clusters.count, 5));
});
