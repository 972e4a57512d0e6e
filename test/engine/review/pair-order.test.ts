import { describe, expect, test } from 'vitest';
import { pairsInOrder } from '../../../src-main/engine/review/pair-order.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { wilsonInterval } from '../../../src-main/engine/review/wilson-interval.ts';

const contents = (count: number, kind = 'picture'): string[] =>
  Array.from({ length: count }, (_, index) => `${kind} ${index}`);
const named = (hashes: readonly string[], seed: number, limit = Infinity): string[] => {
  const pairs: string[] = [];
  for (const pair of pairsInOrder(hashes, seed)) {
    if (
      pairs.push(
        pair
          .map((index) => hashes[index]!)
          .sort()
          .join(' | '),
      ) >= limit
    )
      break;
  }
  return pairs;
};

describe('the random order of pairs', () => {
  test.each([0, 1, 2, 3, 40, 75])('holds every pair of %d pictures once', (count) => {
    const pairs = named(contents(count), 5);
    expect(pairs).toHaveLength((count * (count - 1)) / 2);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  test('keeps the order of the pairs it had when pictures are added, in whatever order they come', () => {
    const [old, added] = [contents(60), contents(9, 'added')];
    const before = named(old, 2);
    const mixed = [...added.slice(0, 4), ...old.toReversed(), ...added.slice(4)];
    const after = named(mixed, 2);
    expect(after.filter((pair) => !pair.includes('added'))).toEqual(before);
    // Those added are spread over the whole order.
    const places = after.flatMap((pair, place) => (pair.includes('added') ? [place] : []));
    const middle = places.reduce((sum, place) => sum + place, 0) / places.length;
    expect(middle / after.length).toBeGreaterThan(0.4);
    expect(middle / after.length).toBeLessThan(0.6);
  });

  test('is another with another seed', () => {
    expect(named(contents(50), 1).slice(0, 20)).not.toEqual(named(contents(50), 2).slice(0, 20));
  });

  test('begins as likely with each pair, also with two that share a picture', () => {
    // 8 pictures, 28 pairs; the first 7 of 4000 orders hold each pair in a quarter of them.
    const orders = 4000;
    const counts = new Map<string, number>();
    let both = 0;
    for (let seed = 0; seed < orders; seed += 1) {
      const first = named(contents(8), seed, 7);
      for (const pair of first) counts.set(pair, (counts.get(pair) ?? 0) + 1);
      const found = ['picture 0 | picture 1', 'picture 1 | picture 2'];
      if (found.every((pair) => first.includes(pair))) both += 1;
    }
    // The standard deviation of each share is √(1/4 · 3/4 / 4000) = 0.0068.
    for (const count of counts.values()) expect(Math.abs(count / orders - 0.25)).toBeLessThan(0.03);
    expect(counts.size).toBe(28);
    // 7 of 28 without replacement: 1/4 · 6/27.
    expect(Math.abs(both / orders - (0.25 * 6) / 27)).toBeLessThan(0.02);
  });

  test('its beginning estimates a rate without bias, and Wilson covers it in 95 of 100', () => {
    // 300 pictures of 20 classes of unlike sizes.
    const random = seedRandom(1);
    const hashes = contents(300);
    const classes = hashes.map(() => Math.floor(20 * random.uniform(0, 1) ** 2));
    let [same, all] = [0, 0];
    for (const [one, own] of classes.entries()) {
      for (const other of classes.slice(0, one)) {
        all += 1;
        if (other === own) same += 1;
      }
    }
    const rate = same / all;
    const samples = 400;
    let [sum, covered] = [0, 0];
    for (let seed = 0; seed < samples; seed += 1) {
      let [seen, found] = [0, 0];
      for (const [one, other] of pairsInOrder(hashes, seed)) {
        if (classes[one] === classes[other]) found += 1;
        if (++seen === 150) break;
      }
      sum += found / seen;
      const { low, high } = wilsonInterval(found, seen)!;
      if (low <= rate && rate <= high) covered += 1;
    }
    // The standard deviation of the mean is √(rate (1 - rate) / 150 / 400), about 0.0011.
    expect(Math.abs(sum / samples - rate)).toBeLessThan(0.004);
    expect(covered / samples).toBeGreaterThan(0.91);
    expect(covered / samples).toBeLessThan(0.99);
  });

  test('begins within seconds, on a busy machine, among 50,000 pictures', () => {
    const begun = performance.now();
    expect(named(contents(50_000), 1, 300)).toHaveLength(300);
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
