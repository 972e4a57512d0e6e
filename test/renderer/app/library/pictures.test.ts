import { describe, expect, it } from 'vitest';
import { shortName } from '../../../../src-renderer/app/library/pictures.ts';
import { pictureUrl, thumbnailUrl } from '../../../../src-renderer/connection/picture-urls.ts';
import { picturesOf } from '../../pictures-of.ts';

const pictures = picturesOf(
  { id: 2, path: 'birds/Red Kite.png', label: 'birds' },
  { id: 3, path: 'birds/owl.2.png', label: 'birds' },
  { id: 9, path: 'fish/red-snapper.jpg', label: 'fish' },
  { id: 11, path: 'loose.webp' },
);

describe('the pictures of a library', () => {
  it('are found by id, by row and by content hash', () => {
    expect(pictures.count).toBe(4);
    expect([2, 3, 9, 11].map((id) => pictures.rowOf(id))).toEqual([0, 1, 2, 3]);
    expect(pictures.idAt(2)).toBe(9);
    expect(pictures.pathOf(9)).toBe('fish/red-snapper.jpg');
    expect(pictures.hashOf(9)).toBe('hash9');
    expect(pictures.rowOfHash('hash11')).toBe(3);
    expect(pictures.pathOfHash('hash3')).toBe('birds/owl.2.png');
    expect([pictures.labelOf(9), pictures.labelOf(11)]).toEqual(['fish', null]);
  });

  it('that the library does not show are nowhere, and not the first one', () => {
    for (const id of [0, 1, 4, 12, -1]) expect(pictures.rowOf(id)).toBe(-1);
    expect(pictures.rowOfHash('hash4')).toBe(-1);
    expect(pictures.pathOfHash('hash4')).toBeNull();
    expect([pictures.pathOf(4), pictures.hashOf(4), pictures.nameOf(4)]).toEqual(['', '', '']);
    expect(pictures.labelOf(4)).toBeNull();
    expect(pictures.idAt(4)).toBe(-1);
  });

  it('are named without folders and ending', () => {
    expect([2, 3, 9].map((id) => pictures.nameOf(id))).toEqual([
      'Red Kite',
      'owl.2',
      'red-snapper',
    ]);
    expect(shortName('.hidden')).toBe('.hidden');
    expect(shortName('a.b/c')).toBe('c');
  });

  it('are counted by label, those without one and those that are gone left out', () => {
    expect([...pictures.countLabels([2, 3, 9, 11, 400])]).toEqual([
      ['birds', 2],
      ['fish', 1],
    ]);
    expect(pictures.countLabels([]).size).toBe(0);
  });

  it('are searched by every word of path and label, in any order and case', () => {
    expect(pictures.search('')).toEqual([0, 1, 2, 3]);
    expect(pictures.search('RED')).toEqual([0, 2]);
    expect(pictures.search('  kite   birds ')).toEqual([0]);
    expect(pictures.search('red', 1)).toEqual([0]);
    expect(pictures.search('whale')).toEqual([]);
  });

  it('are none in an empty library', () => {
    const none = picturesOf();
    expect(none.count).toBe(0);
    expect(none.rowOf(0)).toBe(-1);
    expect(none.search('')).toEqual([]);
  });

  it('are served by the shell at addresses of their hash', () => {
    expect(thumbnailUrl('c0ffee')).toBe('/thumbnail/c0ffee');
    expect(pictureUrl('c0ffee', 640)).toBe('/picture/c0ffee?size=640');
  });
});
