import { describe, expect, it } from 'vitest';
import {
  restoreRandom,
  seedRandom,
  shuffledOrder,
} from '../../../src-main/engine/numeric/random.ts';

describe('seeded random numbers', () => {
  it('gives the same numbers for the same seed and others for the next one', () => {
    const draw = (seed: number) => {
      const random = seedRandom(seed);
      return Array.from({ length: 8 }, () => random.uniform(0, 1));
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('goes on from a saved state as if it had never stopped', () => {
    const random = seedRandom(3);
    for (let draw = 0; draw < 100; draw += 1) random.normal();
    const restored = restoreRandom(JSON.parse(JSON.stringify(random.state())) as number[]);
    const next = (source: typeof random) => [
      source.normal(),
      source.index(1000),
      source.uniform(2, 3),
    ];
    expect(next(restored)).toEqual(next(random));
  });

  it('has the moments of its distributions', () => {
    const random = seedRandom(1);
    const normals = Array.from({ length: 50_000 }, () => random.normal());
    const mean = normals.reduce((sum, x) => sum + x, 0) / normals.length;
    const variance = normals.reduce((sum, x) => sum + (x - mean) ** 2, 0) / normals.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });

  it('shuffles every number exactly once', () => {
    const order = shuffledOrder(257, seedRandom(5));
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 257 }, (_, i) => i));
    expect([...order]).not.toEqual([...order].sort((a, b) => a - b));
  });
});
