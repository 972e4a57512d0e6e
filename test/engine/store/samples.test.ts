import { describe, expect, test } from 'vitest';
import { deleteFile, filesOfSample, saveFile } from '../../../src-main/engine/store/files.ts';
import { changeRule } from '../../../src-main/engine/labels/apply-rule.ts';
import { listFolders } from '../../../src-main/engine/store/folders.ts';
import { countLibrary } from '../../../src-main/engine/store/library-counts.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import {
  labelNumbers,
  labelsOf,
  presentPicture,
  presentSampleIds,
  presentSamples,
} from '../../../src-main/engine/store/samples.ts';
import { addSamples, temporaryLibrary } from './temporary-library.ts';

function addFile(library: Library, sampleId: number, path: string, label: string | null): void {
  saveFile(library, {
    folderId: 1,
    path,
    sampleId,
    sizeBytes: 1,
    modifiedMs: 1,
    label,
    split: null,
  });
}

describe('present samples', () => {
  test('come as columns ordered by id, with labels in natural order', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, ['c10/x.png', 'c9/y.png', 'root.png', 'c9/z.png']);
    const columns = presentSamples(library);
    expect(columns).toEqual({
      ids,
      hashes: [1, 2, 3, 4].map((digit) => String(digit).padStart(64, '0')),
      paths: ['c10/x.png', 'c9/y.png', 'root.png', 'c9/z.png'],
      labelIndex: Int32Array.of(1, 0, -1, 0),
      labels: ['c9', 'c10'],
      labelMembers: [[0], [1]],
      splitIndex: Int32Array.of(-1, -1, -1, -1),
      splits: [],
      sizes: Uint32Array.of(40, 30, 41, 30, 42, 30, 43, 30),
    });
    expect(presentSampleIds(library)).toEqual(ids);
  });

  test('leave out a sample whose files are all gone, but keep its row', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, ['a.png', 'b.png']);
    deleteFile(library, 1, 'a.png');
    expect(presentSampleIds(library)).toEqual(ids.slice(1));
    expect(presentPicture(library, ids[0]!)).toBeNull();
    expect(library.db.prepare('SELECT count(*) FROM samples').pluck().get()).toBe(2);
  });

  test('have numbers of labels, by id and in the order of any ids', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, ['zebra/a.png', 'b.png', 'cat/c.png']);
    const samples = presentSamples(library);
    const [zebra, none, cat] = [ids[0]!, ids[1]!, ids[2]!];
    expect(samples.labels).toEqual(['cat', 'zebra']);
    expect([...labelsOf(samples, Uint32Array.of(cat, none, 999, zebra))]).toEqual([0, -1, -1, 1]);
    expect(labelNumbers(samples)).toEqual(
      new Map([
        [zebra, 1],
        [none, -1],
        [cat, 0],
      ]),
    );
  });

  test('take the first path of several files, and their label where they agree', () => {
    const library = temporaryLibrary();
    const [first, second] = addSamples(library, ['zebra/a.png', 'zebra/b.png']);
    addFile(library, first!, 'cat/a.png', 'cat');
    addFile(library, second!, 'b.png', null);
    const columns = presentSamples(library);
    expect(columns.paths).toEqual(['cat/a.png', 'b.png']);
    expect([...columns.labelIndex]).toEqual([-1, 0]);
    expect(columns.labels).toEqual(['zebra']);
    expect(presentPicture(library, first!)).toMatchObject({ path: 'cat/a.png', label: null });
    expect(presentPicture(library, second!)).toMatchObject({ path: 'b.png', label: 'zebra' });
    expect(countLibrary(library)).toEqual({
      images: 2,
      files: 4,
      duplicates: 2,
      labels: [{ label: 'zebra', count: 1 }],
      unlabelled: 1,
      splits: [],
      labelConflicts: 1,
      skipped: 0,
    });
    expect(filesOfSample(library, first!)).toEqual([
      '/pictures/cat/a.png',
      '/pictures/zebra/a.png',
    ]);
  });

  test('lose and regain their labels with the folder’s rule, composed as Unicode', async () => {
    const library = temporaryLibrary();
    addSamples(library, ['가방'.normalize('NFD') + '/a.png', 'b.png']);
    await changeRule(library, listFolders(library)[0]!, 'none');
    expect(presentSamples(library).labels).toEqual([]);
    await changeRule(library, listFolders(library)[0]!, 'folder');
    expect(presentSamples(library).labels).toEqual(['가방'.normalize('NFC')]);
    expect(listFolders(library)[0]).toMatchObject({
      labels: 'deepest',
      isChosen: false,
      scannedAt: null,
    });
  });
});
