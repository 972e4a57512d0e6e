import { describe, expect, it } from 'vitest';
import { exportTables, tableFormats } from '../../../../../src-main/contract/exports.ts';
import {
  exportWords,
  fileStem,
  formatsOf,
  formatWords,
  isTable,
  isViewer,
  pathIn,
  type ExportWhat,
} from '../../../../../src-renderer/pages/exchange/export/export-choices.ts';

const everything = Object.keys(exportWords) as ExportWhat[];

describe('what can be exported', () => {
  it('is every table of the contract, mined negatives, the encoder, and what viewers open', () => {
    expect([...everything].sort()).toEqual(
      [...exportTables, 'mined', 'encoder', 'projector', 'atlas'].sort(),
    );
    expect(everything.filter(isTable).sort()).toEqual([...exportTables].sort());
    expect(everything.filter(isViewer).sort()).toEqual(['atlas', 'projector']);
  });

  it('is told in words of its own', () => {
    const titles = everything.map((what) => exportWords[what].title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const { sentence } of Object.values(exportWords)) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(Object.keys(formatWords).sort()).toEqual([...tableFormats].sort());
  });

  it('has the formats that hold it: lists of different lengths fit into no array', () => {
    expect(formatsOf('embeddings')).toEqual(tableFormats);
    expect(formatsOf('mined')).toEqual(['parquet', 'csv', 'jsonl']);
    expect([formatsOf('encoder'), formatsOf('projector'), formatsOf('atlas')]).toEqual([
      [],
      [],
      [],
    ]);
  });
});

describe("a file's name", () => {
  it.each([
    [['my run', 'bins'], 'my-run-bins'],
    [['', 'runs'], 'runs'],
    [['a/b\\c:d*e?f"g<h>i|j', 'map'], 'a-b-c-d-e-f-g-h-i-j-map'],
    [['two  words', 'map'], 'two-words-map'],
    [['..hidden', 'map'], 'hidden-map'],
    [['Zürich ½', 'ledger'], 'Zürich-½-ledger'],
  ])('of %j is %s', (parts, stem) => {
    expect(fileStem(...parts)).toBe(stem);
  });
});

describe('a file in a folder', () => {
  it.each([
    ['/data/out', '/data/out/a.csv'],
    ['/data/out/', '/data/out/a.csv'],
    ['C:\\data\\out', 'C:\\data\\out\\a.csv'],
    ['C:\\data\\out\\', 'C:\\data\\out\\a.csv'],
    ['C:/data', 'C:/data/a.csv'],
    ['C:\\data/out', 'C:\\data/out/a.csv'],
    ['out', 'out/a.csv'],
    ['/', '/a.csv'],
  ])('%s is %s', (folder, path) => {
    expect(pathIn(folder, 'a.csv')).toBe(path);
  });
});
