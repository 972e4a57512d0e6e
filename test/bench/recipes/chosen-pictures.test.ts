import { describe, expect, it } from 'vitest';
import { choosePictures } from './chosen-pictures.ts';
import type { ChosenPicture } from './chosen-pictures.ts';

/** Labels with so many files each. */
function library(counts: Readonly<Record<string, number>>): Map<string, string[]> {
  return new Map(
    Object.entries(counts).map(([label, count]) => [
      label,
      Array.from({ length: count }, (_, index) => `${label}-${index}.png`),
    ]),
  );
}

function countsBy(chosen: readonly ChosenPicture[], key: 'label' | 'split'): object {
  const groups = Map.groupBy(chosen, (one) => one[key]);
  return Object.fromEntries([...groups].map(([name, members]) => [name, members.length]));
}

describe('choosePictures', () => {
  it('takes as many of each label, half of each with a hidden label, and no picture twice', () => {
    const chosen = choosePictures(library({ a: 30, b: 50, c: 20, d: 40 }), 40, 1);
    expect(countsBy(chosen, 'label')).toEqual({ a: 10, b: 10, c: 10, d: 10 });
    for (const label of ['a', 'b', 'c', 'd']) {
      const own = chosen.filter((one) => one.label === label);
      expect(countsBy(own, 'split')).toEqual({ train: 5, test: 5 });
      expect(own.every(({ file }) => file.startsWith(`${label}-`))).toBe(true);
    }
    expect(new Set(chosen.map(({ file }) => file)).size).toBe(40);
  });

  it('fills up from the other labels where one has too few pictures', () => {
    const chosen = choosePictures(library({ a: 3, b: 50, c: 50 }), 21, 1);
    expect(countsBy(chosen, 'label')).toEqual({ a: 3, b: 9, c: 9 });
  });

  it('differs by one at most where the number does not divide, and hides half of all', () => {
    for (const seed of [1, 2, 3]) {
      const chosen = choosePictures(library({ a: 9, b: 9, c: 9, d: 9 }), 14, seed);
      const counts = Object.values(countsBy(chosen, 'label')) as number[];
      expect(counts.toSorted()).toEqual([3, 3, 4, 4]);
      expect(countsBy(chosen, 'split')).toEqual({ train: 7, test: 7 });
    }
  });

  it('takes every picture where no number is chosen', () => {
    const chosen = choosePictures(library({ a: 4, b: 7 }), null, 1);
    expect(new Set(chosen.map(({ file }) => file)).size).toBe(11);
    expect(countsBy(chosen, 'split')).toEqual({ train: 6, test: 5 });
  });

  it('chooses the same pictures by the same seed, in whatever order they are listed, and others by another', () => {
    const files = library({ a: 100, b: 100 });
    const turned = new Map(
      [...files].toReversed().map(([label, own]) => [label, own.toReversed()]),
    );
    const names = (chosen: readonly ChosenPicture[]): string[] =>
      chosen.map(({ file, split }) => `${split} ${file}`).toSorted();
    const first = names(choosePictures(files, 20, 1));
    expect(names(choosePictures(turned, 20, 1))).toEqual(first);
    expect(names(choosePictures(files, 20, 2))).not.toEqual(first);
  });

  it('takes each picture about as often over many seeds', () => {
    const times = new Map<string, number>();
    for (let seed = 0; seed < 400; seed += 1) {
      for (const { file, split } of choosePictures(library({ a: 10, b: 10 }), 10, seed)) {
        const key = `${split} ${file}`;
        times.set(key, (times.get(key) ?? 0) + 1);
      }
    }
    // Expected 100 given and 100 hidden of each of 20 files; five standard deviations are 43.
    expect(times.size).toBe(40);
    for (const count of times.values()) expect(Math.abs(count - 100)).toBeLessThan(45);
  });

  it('refuses more pictures than there are', () => {
    expect(() => choosePictures(library({ a: 4, b: 7 }), 12, 1)).toThrow(
      'There are only 11 pictures, not 12.',
    );
  });
});
