import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import '../colour-canvas.ts';
import { describe, expect, it } from 'vitest';

import {
  drawOrder,
  edgeInstances,
  edgeSize,
  layerOf,
  markSize,
  marksOf,
} from '../../../../src-renderer/map/scene/scene.ts';
import { mapTheme, placed } from '../made-up-scene.ts';

const dim = 0;
const normal = 1;
const strong = 2;

describe('what is known of each point', () => {
  const ids = Uint32Array.of(7, 8, 9);

  it('is its category, its emphasis and whether it is selected', () => {
    const colours = { categories: Uint8Array.of(4, 5, 6), palette: [] };
    const marks = marksOf(ids, colours, Uint8Array.of(dim, normal, strong), new Set([8]));
    expect([...marks]).toEqual([4, dim, 0, 0, 5, normal, 1, 0, 6, strong, 0, 0]);
    // A selected point lies above all others, whatever its emphasis.
    expect([0, 1, 2].map((index) => layerOf(marks, index))).toEqual([0, 3, 2]);
  });

  it('is whether it is a diamond, by its category', () => {
    const colours = { categories: Uint8Array.of(4, 5, 6), palette: [], diamond: 5 };
    const marks = marksOf(ids, colours, undefined, new Set());
    expect([3, 7, 11].map((at) => marks[at])).toEqual([0, 1, 0]);
  });

  it('has no outline where so many are selected that the map would be outlines only', () => {
    const many = Uint32Array.from({ length: 50_000 }, (_, id) => id);
    const outlines = (selected: number): number => {
      const marks = marksOf(many, null, undefined, new Set(many.subarray(0, selected)));
      return [...many].filter((index) => layerOf(marks, index) === 3).length;
    };
    expect([outlines(1), outlines(2000), outlines(34_667)]).toEqual([1, 2000, 0]);
  });

  it('is nothing in particular where nothing is told', () => {
    const plain = [0, normal, 0, 0];
    expect([...marksOf(ids, null, undefined, new Set())]).toEqual([...plain, ...plain, ...plain]);
    const short = { categories: Uint8Array.of(3), palette: [] };
    const marks = marksOf(ids, short, Uint8Array.of(dim), new Set());
    expect([...marks.subarray(0, 8)]).toEqual([3, dim, 0, 0, ...plain]);
  });
});

describe('the order of drawing', () => {
  it('goes by layer, and within one by position, as a stable sort does', () => {
    const random = seedRandom(31);
    const ids = Uint32Array.from({ length: 300 }, (_, index) => index);
    const emphasis = Uint8Array.from(ids, () => random.index(3));
    const selection = new Set([...ids].filter(() => random.uniform(0, 1) < 0.2));
    const marks = marksOf(ids, null, emphasis, selection);
    const layers = [...ids].map((id) => (selection.has(id) ? 3 : emphasis[id]!));
    const { order, strongFrom } = drawOrder(marks);
    expect([...order]).toEqual([...ids].sort((a, b) => layers[a]! - layers[b]! || a - b));
    expect(strongFrom).toBe(layers.filter((layer) => layer < strong).length);
  });

  it('is empty without points', () => {
    expect(drawOrder(new Uint8Array())).toEqual({ order: new Uint32Array(), strongFrom: 0 });
    expect(drawOrder(new Uint8Array(2 * markSize))).toMatchObject({ strongFrom: 2 });
  });
});

describe('edges', () => {
  const points = placed(1, 2, 3, 4, 5, 6);

  it('go to their pictures, the strongest last, in the colour of their kind', () => {
    const instances = edgeInstances(
      [
        { id: 3, kind: 'ring', strength: 0.75 },
        { id: 99, kind: 'hard', strength: 1 },
        { id: 1, kind: 'false', strength: 0.25 },
      ],
      points,
      mapTheme,
    );
    expect([...instances]).toEqual([
      ...[1, 2, 1, 2, 0, 1, 0, 0.25],
      ...[5, 6, 5, 6, 0, 0, 1, 0.75],
    ]);
  });

  it('have a strength from 0 to 1', () => {
    const strengths = [-2, 0.5, 7].map((strength) => ({ id: 1, kind: 'hard' as const, strength }));
    const instances = edgeInstances(strengths, points, mapTheme);
    expect([0, 1, 2].map((edge) => instances[edge * edgeSize + 7])).toEqual([0, 0.5, 1]);
    expect(edgeInstances([], points, mapTheme)).toHaveLength(0);
  });
});
