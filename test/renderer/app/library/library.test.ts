import { newDecoding } from '../../../../src-main/contract/decoding.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LibraryStatus } from '../../../../src-main/contract/library.ts';
import { LibraryState } from '../../../../src-renderer/app/library/library.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { openEmojiEngine, type EmojiEngine } from '../emoji-engine.ts';
import { picturesOf } from '../../pictures-of.ts';

const labels = [
  ...['animal-bird', 'animal-mammal', 'clothing', 'food-fruit'],
  ...['musical-instrument', 'plant-flower', 'sky-weather', 'transport-ground'],
];

describe('the open library, as a real engine has it', () => {
  let engine: EmojiEngine;
  let library: LibraryState;
  beforeAll(async () => {
    engine = await openEmojiEngine();
    library = new LibraryState(engine.connection);
  });
  afterAll(() => engine.close());

  it('is closed and empty before it is read', () => {
    expect([library.isOpen, library.pictures.count, library.skips]).toEqual([false, 0, []]);
  });

  it('has its pictures, 12 of each label', async () => {
    await library.refresh();
    expect([library.isOpen, library.pictures.count]).toEqual([true, 96]);
    const { ids } = library.pictures.columns;
    const counts = library.pictures.countLabels(ids);
    expect([...counts].toSorted()).toEqual(labels.map((label) => [label, 12]));
  });

  it('has no labels where they were put away, and has them again', async () => {
    await library.setLabelRule('none');
    expect(library.pictures.columns.labels).toEqual([]);
    expect(library.status?.folders.map((folder) => folder.labels)).toEqual(['none']);
    await library.setLabelRule('folder');
    expect(library.pictures.columns.labels.toSorted()).toEqual(labels);
  });

  it('stays open where another file cannot be opened, and the refusal is not swallowed', async () => {
    const file = library.status?.file;
    const notice = `${library.status?.folders[0]?.path ?? ''}/NOTICE`;
    await expect(library.openFile(notice)).rejects.toThrow(notice);
    await library.refresh();
    expect(library.status?.file).toBe(file);
  });

  it('is another one for another folder', async () => {
    const folder = `${library.status?.folders[0]?.path ?? ''}/animal-bird`;
    const file = library.status?.file ?? '';
    await library.openFolder(folder);
    expect([library.isOpen, library.pictures.count]).toEqual([true, 0]);
    expect(library.status?.file).not.toBe(file);
    await library.openFile(file);
    expect(library.pictures.count).toBe(96);
  });
});

describe('the library, with a client that answers what was skipped', () => {
  it('has it with its reasons, and no more once none is open', async () => {
    let file: string | null = '/a.negatoscope';
    const skip = { path: 'notes.txt', code: 'no-picture', reason: 'It is no picture.' };
    const client = new AnsweringClient({
      'library.status': () => ({ file, decoding: newDecoding }) as LibraryStatus,
      'library.samples': () => picturesOf({ id: 1, path: 'a.png' }).columns,
      'library.skips': () => [skip],
      'labels.listByHand': () => ({ edits: [] }),
      'library.recent': () => [],
    });
    const library = new LibraryState(await connectionTo(client));
    await library.refresh();
    expect([library.skips, library.pictures.count]).toEqual([[skip], 1]);
    file = null;
    await library.refresh();
    expect([library.isOpen, library.skips, library.pictures.count]).toEqual([false, [], 0]);
  });
});

describe('the library, with a client that answers that none is open', () => {
  it('shows those that were opened lately, and reads no pictures', async () => {
    const none = { file: null, name: '', folders: [], images: 0, decoding: newDecoding };
    const status = none as unknown as LibraryStatus;
    const recent = [{ file: '/a.negatoscope', name: 'a', openedAt: 1 }];
    const client = new AnsweringClient({
      'library.status': () => status,
      'library.recent': () => recent,
    });
    const library = new LibraryState(await connectionTo(client));
    await library.refresh();
    expect([library.isOpen, library.recent]).toEqual([false, recent]);
    expect(client.calls.map(({ method }) => method)).toEqual(['library.status', 'library.recent']);
  });
});
