import type { LossRows } from '../../../src-main/engine/comparison/compared-loss.ts';
import type { ExplanationSettings } from '../../../src-main/engine/explain/explain-anchor.ts';
import { compareRows } from '../../../src-main/engine/comparison/compare-rows.ts';
import type { ComparedRowsResult } from '../../../src-main/engine/comparison/compare-rows.ts';
import { linearProbe } from '../../../src-main/engine/evaluation/linear-probe.ts';
import { exactNeighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { normaliseRows } from '../neighbours/random-unit-rows.ts';

export const count = 400;
export const dimensions = 8;
export const k = 15;
/** Rows take turns in so many labels. */
export const classes = 4;

/** Rows spread evenly over the unit sphere. */
export function randomRows(seed: number): Float32Array {
  const random = seedRandom(seed);
  const rows = Float32Array.from({ length: count * dimensions }, () => random.normal());
  return normaliseRows(rows, dimensions);
}

/** Turned by 0.6 and 0.8 in each pair of dimensions: orthogonal. */
export function rotated(rows: Float32Array): Float32Array {
  return rows.map((value, index) => {
    const isFirst = index % 2 === 0;
    const partner = rows[isFirst ? index + 1 : index - 1]!;
    return isFirst ? 0.6 * value - 0.8 * partner : 0.8 * partner + 0.6 * value;
  });
}

/** A loss without a ring of its own; the ring that is shown is the paper's. */
export const settings: ExplanationSettings = {
  objective: 'simclr',
  ...{ temperature: 0.5, beta: 0, tauPlus: 0 },
  ...{ ringOuter: 0.1, ringInner: 0.1, ringDynamicInner: true },
  hardShare: 0.05,
};

/** What that loss sees of rows. */
export function lossOf(vectors: Float32Array): LossRows {
  return { vectors, count, dimensions, settings };
}

/** Everything that is measured of two runs of the same rows. */
export async function compared(
  first: Float32Array,
  second: Float32Array,
): Promise<ComparedRowsResult> {
  const side = async (vectors: Float32Array) => {
    const rows = { vectors, count, dimensions };
    const neighbours = await exactNeighbours({ ...rows, k: 20, threads: 1 });
    const fitProbe = (scored: Int32Array) => linearProbe(rows, scored, null);
    return { ...rows, neighbours, voting: neighbours, fitProbe };
  };
  const labels = Int32Array.from({ length: count }, (_, row) => row % classes);
  const known = {
    labels,
    labelMembers: Array.from({ length: classes }, (_, label) => [label]),
    groups: new Int32Array(count).fill(-1),
    same: [],
    different: [],
  };
  const options = {
    ...{ k, most: 3, seed: 1, groups: null },
    sample: Uint32Array.from(labels.keys()),
    losses: [lossOf(first), lossOf(second)] as const,
    yieldToEvents: () => Promise.resolve(),
  };
  return compareRows(await side(first), await side(second), known, options);
}
