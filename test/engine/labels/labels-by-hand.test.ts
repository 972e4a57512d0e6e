import { describe, expect, it } from 'vitest';
import { changeRule } from '../../../src-main/engine/labels/apply-rule.ts';
import { exportLabels, importLabels } from '../../../src-main/engine/labels/hand-label-files.ts';
import { saveFile } from '../../../src-main/engine/store/files.ts';
import { listFolders } from '../../../src-main/engine/store/folders.ts';
import { listLabelEdits, saveLabelEdits } from '../../../src-main/engine/store/label-edits.ts';
import { labelProblems } from '../../../src-main/engine/store/label-problems.ts';
import { countLibrary } from '../../../src-main/engine/store/library-counts.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { readDetails } from '../../../src-main/engine/store/picture-details.ts';
import { presentPicture, presentSamples } from '../../../src-main/engine/store/samples.ts';
import { addSamples, temporaryLibrary } from '../store/temporary-library.ts';

const hash = (number: number): string => number.toString(16).padStart(64, '0');

function labelsOf(library: Library): (string | null)[] {
  const { labelIndex, labels } = presentSamples(library);
  return Array.from(labelIndex, (label) => labels[label] ?? null);
}

function threePictures(): Library {
  const library = temporaryLibrary();
  addSamples(library, ['cat/1.png', 'cat/2.png', 'dog/3.png']);
  return library;
}

describe('labels by hand', () => {
  it('go before those of folders, stay when the rule changes, and are told apart', async () => {
    const library = threePictures();
    saveLabelEdits(library, [{ hash: hash(2), labels: ['fox', 'cub'] }]);
    expect(labelsOf(library)).toEqual(['cat', 'cub|fox', 'dog']);
    expect(presentPicture(library, 2)).toMatchObject({ label: 'cub|fox' });
    await changeRule(library, listFolders(library)[0]!, 'none');
    expect(labelsOf(library)).toEqual([null, 'cub|fox', null]);
    expect(readDetails(library, hash(2))).toMatchObject({
      labelsByHand: ['cub', 'fox'],
      files: [{ label: null }],
    });
    expect(readDetails(library, hash(1)).labelsByHand).toBeNull();
    expect(countLibrary(library).labels).toEqual([
      { label: 'cub', count: 1 },
      { label: 'fox', count: 1 },
    ]);
  });

  it('can say that there is none, and are taken back by what saving returned', () => {
    const library = threePictures();
    const former = saveLabelEdits(library, [
      { hash: hash(1), labels: [] },
      { hash: hash(3), labels: ['wolf'] },
    ]);
    expect(labelsOf(library)).toEqual([null, 'cat', 'wolf']);
    const redo = saveLabelEdits(library, former);
    expect(labelsOf(library)).toEqual(['cat', 'cat', 'dog']);
    saveLabelEdits(library, redo);
    expect(labelsOf(library)).toEqual([null, 'cat', 'wolf']);
  });

  it('decide a conflict, which until then is no label', () => {
    const library = threePictures();
    const file = { folderId: 1, sizeBytes: 1, modifiedMs: 1, split: null };
    saveFile(library, { ...file, path: 'dog/copy.png', sampleId: 1, label: 'dog' });
    saveFile(library, { ...file, path: 'cat/copy.png', sampleId: 2, label: 'cat' });
    expect(labelsOf(library)).toEqual([null, 'cat', 'dog']);
    expect(labelProblems(library)).toEqual({
      conflicts: [
        { id: 1, hash: hash(1), labels: ['cat', 'dog'], paths: ['cat/1.png', 'dog/copy.png'] },
      ],
      shared: [],
    });
    expect(countLibrary(library)).toMatchObject({ labelConflicts: 1, duplicates: 2 });
    saveLabelEdits(library, [{ hash: hash(1), labels: ['dog'] }]);
    expect(labelsOf(library)).toEqual(['dog', 'cat', 'dog']);
    expect(labelProblems(library).conflicts).toEqual([]);
    expect(countLibrary(library).labelConflicts).toBe(0);
  });

  it('of pictures in two splits: they keep their label and are listed', () => {
    const library = threePictures();
    library.db.exec(`UPDATE files SET split = 'train'`);
    const file = { folderId: 1, sizeBytes: 1, modifiedMs: 1, split: 'val' };
    saveFile(library, { ...file, path: 'val/cat.png', sampleId: 1, label: 'cat' });
    expect(labelsOf(library)).toEqual(['cat', 'cat', 'dog']);
    expect(labelProblems(library)).toEqual({
      conflicts: [],
      shared: [
        { id: 1, hash: hash(1), splits: ['train', 'val'], paths: ['cat/1.png', 'val/cat.png'] },
      ],
    });
  });

  it('come back from the file that they were written to', () => {
    const library = threePictures();
    saveLabelEdits(library, [
      { hash: hash(1), labels: ['cub', 'say "hi", fox'] },
      { hash: hash(2), labels: [] },
    ]);
    const { text, pictures } = exportLabels(library, presentSamples(library), false);
    expect(pictures).toBe(2);
    expect(text).toBe(
      'hash,path,label,split,source\n' +
        `${hash(1)},cat/1.png,"cub|say ""hi"", fox",,hand\n${hash(2)},cat/2.png,,,hand\n`,
    );
    const other = threePictures();
    const report = importLabels(other, 'labels.csv', text);
    expect(report).toMatchObject({ changed: 2, unchanged: 0, unmatched: { count: 0 } });
    expect(listLabelEdits(other)).toEqual(listLabelEdits(library));
    expect(importLabels(other, 'labels.csv', text)).toMatchObject({ changed: 0, unchanged: 2 });
    saveLabelEdits(other, report.former);
    expect(listLabelEdits(other)).toEqual([]);
  });

  it('of all pictures are written with where they come from, and only those by hand come back', () => {
    const library = threePictures();
    saveLabelEdits(library, [{ hash: hash(3), labels: ['wolf'] }]);
    const { text } = exportLabels(library, presentSamples(library), true);
    expect(text.split('\n').slice(1)).toEqual([
      `${hash(1)},cat/1.png,cat,,folder`,
      `${hash(2)},cat/2.png,cat,,folder`,
      `${hash(3)},dog/3.png,wolf,,hand`,
      '',
    ]);
    const other = threePictures();
    expect(importLabels(other, 'labels.csv', text)).toMatchObject({ changed: 1, unchanged: 0 });
    expect(labelsOf(other)).toEqual(['cat', 'cat', 'wolf']);
  });
});
