import { describe, expect, it } from 'vitest';
import type { PictureOrder } from '../../../../src-renderer/app/library/library-page.svelte.ts';
import {
  matchingRows,
  orderedRows,
  orderWords,
} from '../../../../src-renderer/app/library/picture-order.ts';
import { picturesOf } from '../../pictures-of.ts';

const pictures = picturesOf(
  { id: 1, path: 'b/10.png', label: 'b', size: [10, 10] },
  { id: 2, path: 'B/2.png', label: 'B', size: [1000, 1] },
  { id: 3, path: 'a/3.png', size: [9, 11] },
  { id: 4, path: 'a/z1.png', label: 'a', size: [50, 2] },
);

function pathsBy(order: PictureOrder, isDescending = false): string[] {
  return Array.from(orderedRows(pictures, order, isDescending), (row) => pictures.pathAt(row));
}

describe('the order of pictures', () => {
  it('as found is that of the library', () => {
    expect(pathsBy('found')).toEqual(['b/10.png', 'B/2.png', 'a/3.png', 'a/z1.png']);
    expect(pathsBy('found', true)).toEqual(['a/z1.png', 'a/3.png', 'B/2.png', 'b/10.png']);
  });

  it('counts numbers as numbers and does not mind capitals', () => {
    expect(pathsBy('path')).toEqual(['a/3.png', 'a/z1.png', 'B/2.png', 'b/10.png']);
    expect(pathsBy('name')).toEqual(['B/2.png', 'a/3.png', 'b/10.png', 'a/z1.png']);
  });

  it('by label puts pictures without one last, and the same label by path', () => {
    expect(pathsBy('label')).toEqual(['a/z1.png', 'B/2.png', 'b/10.png', 'a/3.png']);
  });

  it('by size goes by area, as found where it is the same', () => {
    expect(pathsBy('size')).toEqual(['a/3.png', 'b/10.png', 'a/z1.png', 'B/2.png']);
    expect(pathsBy('size', true)).toEqual(['B/2.png', 'a/z1.png', 'b/10.png', 'a/3.png']);
  });

  it('of no pictures is empty, and every order has its words', () => {
    for (const order of Object.keys(orderWords) as PictureOrder[]) {
      expect(orderedRows(picturesOf(), order, true)).toHaveLength(0);
      expect(orderWords[order]).not.toBe('');
    }
  });

  it('stays where a filter leaves some out', () => {
    const rows = Uint32Array.of(2, 0, 3, 1);
    expect([...matchingRows(rows, Uint8Array.of(1, 0, 1, 0))]).toEqual([2, 0]);
    expect([...matchingRows(rows, new Uint8Array(4))]).toEqual([]);
    expect([...matchingRows(rows, null)]).toEqual([2, 0, 3, 1]);
  });
});
