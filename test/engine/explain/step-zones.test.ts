import { describe, expect, it } from 'vitest';
import type { ExplanationSettings } from '../../../src-main/engine/explain/explain-anchor.ts';
import { stepLossOfAnchor } from '../../../src-main/engine/explain/step-loss-of-anchor.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import type { LossStep } from '../../../src-main/engine/store/loss-steps.ts';

const pictures = 24;
const views = 2;
const vectors = views * (pictures - 1);
const width = 4;
const temperature = 0.3;

/** Two views of each picture: unit vectors near one of its own. */
function madeUpStep(): LossStep {
  const random = seedRandom(5);
  const own = Array.from({ length: pictures * width }, () => random.normal());
  const rowIds = Uint32Array.from({ length: views * pictures }, (_, row) => 1 + (row % pictures));
  const rows = new Float32Array(rowIds.length * width);
  for (const row of rowIds.keys()) {
    const found = Array.from(
      { length: width },
      (_, axis) => own[(row % pictures) * width + axis]! + 0.4 * random.normal(),
    );
    const length = Math.hypot(...found);
    for (const [axis, value] of found.entries()) rows[row * width + axis] = value / length;
  }
  return {
    ...{ rowIds, rows, positives: new Float32Array(rowIds.length).fill(0.8), step: 3 },
    settings: { scalars: {} },
  };
}

/** Every view of the anchor (id 1) against every view of the others: its rank and similarity. */
function comparisons({ rowIds, rows }: LossStep) {
  const cosine = (one: number, other: number): number =>
    [...Array(width).keys()].reduce(
      (sum, axis) => sum + rows[one * width + axis]! * rows[other * width + axis]!,
      0,
    );
  return [...rowIds.keys()]
    .filter((row) => rowIds[row] === 1)
    .flatMap((row) => {
      const columns = [...rowIds.keys()].filter((column) => rowIds[column] !== 1);
      const falling = columns.toSorted((a, b) => cosine(row, b) - cosine(row, a));
      return falling.map((column, rank) => ({
        ...{ id: rowIds[column]!, rank, similarity: cosine(row, column) },
      }));
    });
}

function explained(change: Partial<ExplanationSettings>) {
  const settings: ExplanationSettings = {
    ...{ objective: 'simclr', temperature, beta: 0, tauPlus: 0, hardShare: 0.5 },
    ...{ ringOuter: 0.4, ringInner: 0.15, ringDynamicInner: false },
    ...change,
  };
  const step = madeUpStep();
  const found = stepLossOfAnchor(step, 1, { settings });
  const inner = Math.trunc(settings.ringInner * vectors);
  const outer = Math.trunc(settings.ringOuter * vectors);
  return { found, inner, outer, pairs: comparisons(step) };
}

/** The zones that the ranks by which the explanation says that cuts decide make of these cuts. */
function zonesByCutRanks({ found, inner, outer }: ReturnType<typeof explained>): number[] {
  const ranks = found.loss.cutRanks!;
  return Array.from(found.ids, (_, index) => {
    if (ranks.inner[index]! < inner) return 0;
    return ranks.outer[index]! < outer ? 1 : 2;
  });
}

describe('the zone of a picture in a step', () => {
  it.each([
    [0.1, 0.4],
    [0.15, 0.5],
    [0, 0.1],
    [0.5, 1],
  ])(
    'is that of its rank, two of the N views a picture, for a loss without a ring: cuts at %f and %f',
    (ringInner, ringOuter) => {
      const all = explained({ ringInner, ringOuter });
      const { found, inner, outer, pairs } = all;
      const meanOf = (id: number): number =>
        pairs.reduce((sum, pair) => sum + (pair.id === id ? pair.similarity / 4 : 0), 0);
      const falling = [...found.ids].toSorted((a, b) => meanOf(b) - meanOf(a));
      const zones = Array.from(found.ids, (id) => {
        const rank = views * falling.indexOf(id);
        if (rank < inner) return 0;
        return rank < outer ? 1 : 2;
      });
      expect([...found.loss.zone]).toEqual(zones);
      expect(zonesByCutRanks(all)).toEqual(zones);
    },
  );

  it('is the ring of the loss where one of its views is in it, too hard where all are before it', () => {
    const all = explained({ objective: 'ring', ringInner: 0.3, ringOuter: 0.6 });
    const { found, inner, outer, pairs } = all;
    const zones = Array.from(found.ids, (id) => {
      const ranks = pairs.filter((pair) => pair.id === id).map(({ rank }) => rank);
      if (ranks.some((rank) => rank >= inner && rank < outer)) return 1;
      return Math.max(...ranks) < inner ? 0 : 2;
    });
    expect(zones).toContain(0);
    expect([...found.loss.zone]).toEqual(zones);
    expect(zonesByCutRanks(all)).toEqual(zones);
  });
});
