import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { temporaryFolder, temporaryLibrary } from '../store/temporary-library.ts';
import { noise, writeFiles } from './made-pictures.ts';
import { scan } from './scan.ts';

describe('the labels of a scan', () => {
  const picture = (seed: number): Promise<Buffer> => noise(8, 8, seed).png().toBuffer();

  test('of train and validation folders are those of the classes, without a question', async () => {
    const folder = temporaryFolder();
    const places = ['train/cat', 'train/dog', 'val/cat', 'val/dog'];
    for (const [index, place] of places.entries()) {
      writeFiles(folder, { [`${place}/${index}.png`]: await picture(index + 1) });
    }
    const library = temporaryLibrary();
    const result = await scan(library, folder, { labels: undefined });
    expect(result).toMatchObject({
      rule: 'deepest',
      labels: 2,
      splits: [
        { split: 'train', count: 2 },
        { split: 'val', count: 2 },
      ],
      labelConflicts: 0,
    });
    expect(presentSamples(library)).toMatchObject({
      labels: ['cat', 'dog'],
      labelIndex: Int32Array.of(0, 1, 0, 1),
      splits: ['train', 'val'],
      splitIndex: Int32Array.of(0, 0, 1, 1),
    });
  });

  test('of the same bytes in two classes are none, and the scan counts them', async () => {
    const folder = temporaryFolder();
    const [one, two] = [await picture(1), await picture(2)];
    writeFiles(folder, { 'cat/1.png': one, 'dog/1.png': one, 'dog/2.png': two });
    const library = temporaryLibrary();
    expect(await scan(library, folder)).toMatchObject({ images: 2, labels: 1, labelConflicts: 1 });
    expect(presentSamples(library).labelIndex).toEqual(Int32Array.of(-1, 0));
  });

  test('stay by the rule that was chosen, and follow the tree where none was', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'pets/cat/1.png': await picture(1), 'wild/fox/2.png': await picture(2) });
    const library = temporaryLibrary();
    await scan(library, folder, { labels: 'top' });
    writeFiles(folder, { 'wild/wolf/3.png': await picture(3) });
    const again = await scan(library, folder, { labels: undefined });
    expect(again).toMatchObject({ rule: 'top', proposal: { rule: 'deepest' }, labels: 2 });
    expect(presentSamples(library).labels).toEqual(['pets', 'wild']);
    expect(await scan(library, folder, { labels: 'folder' })).toMatchObject({ rule: 'deepest' });
    expect(presentSamples(library).labels).toEqual(['cat', 'fox', 'wolf']);
  });

  test('come from a file, whose fault is told before any picture is read', async () => {
    const folder = temporaryFolder();
    const list = join(temporaryFolder(), 'labels.csv');
    writeFiles(folder, { '1.png': await picture(1), '2.png': await picture(2) });
    writeFileSync(list, 'path,label\n1.png,cat\n9.png,dog\n');
    const library = temporaryLibrary();
    expect(await scan(library, folder, { labels: `file:${list}` })).toMatchObject({
      labels: 1,
      unmatched: { count: 1, examples: ['9.png'] },
    });
    expect(presentSamples(library).labelIndex).toEqual(Int32Array.of(0, -1));
    rmSync(list);
    await expect(scan(library, folder, { labels: undefined })).rejects.toThrow('There is no file');
    expect(presentSamples(library).labels).toEqual(['cat']);
  });
});
