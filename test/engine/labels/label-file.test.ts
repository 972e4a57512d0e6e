import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteFile } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { changeRule } from '../../../src-main/engine/labels/apply-rule.ts';
import { readLabelFile } from '../../../src-main/engine/labels/label-file.ts';
import { listFolders } from '../../../src-main/engine/store/folders.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { addSamples, temporaryFolder, temporaryLibrary } from '../store/temporary-library.ts';

const hashOf = (number: number): string => number.toString(16).padStart(64, '0');

function file(name: string, content: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

/** Label and split of each picture, `-` for none. */
function labelsOf(library: Library): string[] {
  const { labelIndex, labels, splitIndex, splits } = presentSamples(library);
  return Array.from(labelIndex, (label, row) => {
    return `${labels[label] ?? '-'} ${splits[splitIndex[row] ?? -1] ?? '-'}`;
  });
}

async function labelled(path: string, paths = ['a/1.png', 'a/2.png', 'b/1.png']) {
  const library = temporaryLibrary();
  addSamples(library, paths);
  const unmatched = await changeRule(library, listFolders(library)[0]!, `file:${path}`);
  return { labels: labelsOf(library), unmatched };
}

describe('a file of labels', () => {
  it.each([
    ['CSV', 'l.csv', 'path,label\na/1.png,cat\nb/1.png,"dog, small"\n'],
    [
      'CSV with semicolons and other columns',
      'l.csv',
      'id;file;class\n1;a/1.png;cat\n2;b/1.png;dog, small\n',
    ],
    ['TSV', 'l.tsv', 'label\tfilename\ncat\ta/1.png\ndog, small\tb/1.png\n'],
    [
      'CSV from Windows, with a byte order mark',
      'l.csv',
      '\ufeffpath,label\r\na\\1.png,cat\r\nb\\1.png,"dog, small"\r\n',
    ],
    ['CSV without a head line', 'l.csv', 'a/1.png,cat\nb/1.png,"dog, small"\n'],
    ['CSV by content hash', 'l.csv', `hash,label\n${hashOf(1)},cat\n${hashOf(3)},"dog, small"\n`],
    ['JSON by path', 'l.json', '{"a/1.png": "cat", "b/1.png": ["dog, small"]}'],
    [
      'JSON as a list of objects',
      'l.json',
      '[{"image":"a/1.png","label":"cat"},{"image":"b/1.png","label":"dog, small"}]',
    ],
    [
      'JSON Lines',
      'l.jsonl',
      '{"path":"a/1.png","y":"cat"}\n{"path":"b/1.png","y":"dog, small"}\n',
    ],
    [
      'absolute paths of another machine',
      'l.csv',
      'path,label\n/data/x/a/1.png,cat\n/data/x/b/1.png,"dog, small"\n',
    ],
  ])('%s', async (_what, name, content) => {
    expect(await labelled(file(name, content))).toEqual({
      labels: ['cat -', '- -', 'dog, small -'],
      unmatched: { count: 0, examples: [] },
    });
  });

  it('Parquet', async () => {
    const path = join(temporaryFolder(), 'l.parquet');
    parquetWriteFile({
      filename: path,
      columnData: [
        { name: 'path', data: ['a/1.png', 'b/1.png'], type: 'STRING' },
        { name: 'label', data: ['cat', 'dog'], type: 'STRING' },
      ],
    });
    expect((await labelled(path)).labels).toEqual(['cat -', '- -', 'dog -']);
  });

  it('the lists of ImageNet, with numbers for classes', async () => {
    const path = file('val.txt', 'a/1.png 0\na/2.png 65\n');
    expect((await labelled(path)).labels).toEqual(['0 -', '65 -', '- -']);
  });

  it('names splits too, and folders name them where it does not', async () => {
    const named = file('l.csv', 'path,label,split\na/1.png,cat,fold A\na/2.png,,fold B\n');
    expect((await labelled(named)).labels).toEqual(['cat fold A', '- fold B', '- -']);
    const plain = file('l.csv', 'path,label\ntrain/1.png,cat\n');
    const paths = ['train/1.png', 'test/2.png'];
    expect((await labelled(plain, paths)).labels).toEqual(['cat train', '- test']);
  });

  it('gives several labels by several rows, by "|" or by a list', async () => {
    for (const path of [
      file('l.csv', 'path,label\na/1.png,dog\na/1.png,cat\na/2.png,cat\n'),
      file('l.csv', 'path,label\na/1.png,cat|dog|cat\na/2.png, cat \n'),
      file('l.json', '{"a/1.png": ["dog", "cat"], "a/2.png": "cat"}'),
    ]) {
      expect((await labelled(path)).labels).toEqual(['cat|dog -', 'cat -', '- -']);
    }
  });

  it('reports rows that name no picture', async () => {
    const { unmatched } = await labelled(file('l.csv', 'path,label\na/1.png,cat\nz/9.png,dog\n'));
    expect(unmatched).toEqual({ count: 1, examples: ['z/9.png'] });
  });

  it.each([
    ['that does not exist', undefined, 'There is no file'],
    ['without labels', 'path,label\na/1.png,\n', 'l.csv holds no labels'],
    [
      'without a column of labels',
      'path,width,height\na/1.png,1,2\n',
      'l.csv has no column of labels',
    ],
    [
      'without pictures',
      'label,size\ncat,1\ndog,2\n',
      'l.csv has no column of paths or content hashes',
    ],
    ['that is empty', '', 'l.csv is empty'],
    ['with an open quote', 'path,label\n"a/1.png,cat\n', 'l.csv is not a whole table'],
  ])('%s is refused and changes nothing', async (_what, content, sentence) => {
    const path = content === undefined ? '/nowhere/l.csv' : file('l.csv', content);
    await expect(readLabelFile(path)).rejects.toThrow(sentence);
    const library = temporaryLibrary();
    addSamples(library, ['a/1.png']);
    const [folder] = listFolders(library);
    await expect(changeRule(library, folder!, `file:${path}`)).rejects.toThrow(sentence);
    expect(listFolders(library)).toEqual([folder]);
    expect(labelsOf(library)).toEqual(['a -']);
  });
});
