import { UMAP } from 'umap-js';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Neighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';

/** umap-js fed with the same neighbours, each row itself first, as it wants them. */
export function umapJs(neighbours: Neighbours, count: number, seed: number): UMAP {
  const { rows, similarities, k } = neighbours;
  const generator = xoroshiro128plus(seed);
  const umap = new UMAP({ nNeighbors: k + 1, random: () => uniformFloat64(generator) });
  const everyRow = Array.from({ length: count }, (_, row) => row);
  umap.setPrecomputedKNN(
    everyRow.map((row) => [row, ...rows.subarray(row * k, row * k + k)]),
    everyRow.map((row) => [
      0,
      ...Array.from(similarities.subarray(row * k, row * k + k), (similarity) =>
        1 - similarity < 1e-6 ? 0 : 1 - similarity,
      ),
    ]),
  );
  umap.initializeFit(everyRow.map((row) => [row]));
  return umap;
}

/** umap-js's fuzzy simplicial set, which it keeps to itself, without its stored zeros. */
export function umapJsGraph(umap: UMAP): { row: number; col: number; value: number }[] {
  const { graph } = umap as unknown as {
    graph: { getAll(): { row: number; col: number; value: number }[] };
  };
  return graph
    .getAll()
    .filter(({ value }) => value !== 0)
    .sort((a, b) => a.row - b.row || a.col - b.col);
}

/** Runs all epochs; count x 2. */
export function umapJsLayout(umap: UMAP): Float32Array {
  const epochs = umap.initializeFit((umap as unknown as { X: number[][] }).X);
  for (let epoch = 0; epoch < epochs; epoch++) umap.step();
  return Float32Array.from(umap.getEmbedding().flat());
}
