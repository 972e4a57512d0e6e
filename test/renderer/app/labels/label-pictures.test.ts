import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { redo, undo } from '../../../../src-renderer/app/actions/undo.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { labelEdits } from '../../../../src-renderer/app/labels/label-changes.ts';
import {
  askForLabels,
  labelPictures,
} from '../../../../src-renderer/app/actions/label-pictures.ts';
import { pictureLabels } from '../../../../src-renderer/app/labels/picture-labels.ts';
import { openEmojiEngine, type EmojiEngine } from '../emoji-engine.ts';
import { newApp } from '../../open-app.ts';
import { picturesOf } from '../../pictures-of.ts';

let engine: EmojiEngine;
let app: AppState;
beforeAll(async () => {
  engine = await openEmojiEngine();
  ({ app } = newApp(() => engine.connect()));
  await app.start();
});
beforeEach(() => {
  app.notices.list = [];
});
afterAll(async () => {
  await engine.close();
  vi.unstubAllGlobals();
});

const idAt = (row: number): number => app.library.pictures.idAt(row);
const shown = (row: number) => pictureLabels(app.library, idAt(row));
const ofFolder = { labels: ['animal-bird'], isByHand: false, split: null };

describe('labels by hand, saved by a real engine', () => {
  it('are given to several pictures, told apart, taken back and made again', async () => {
    await labelPictures(app, [idAt(0), idAt(1)], { kind: 'instead', labels: ['hen', 'animal'] });
    expect(shown(0)).toEqual({ labels: ['animal', 'hen'], isByHand: true, split: null });
    expect(shown(2)).toEqual(ofFolder);
    expect(app.library.pictures.labelAt(1)).toBe('animal|hen');
    expect(app.library.status?.labels).toContainEqual({ label: 'hen', count: 2 });
    expect(app.notices.list.map(({ text }) => text)).toEqual([
      '2 pictures labelled “hen|animal” by hand.',
    ]);
    await undo(app);
    expect([shown(0), shown(1)]).toEqual([ofFolder, ofFolder]);
    await redo(app);
    expect(shown(1).labels).toEqual(['animal', 'hen']);
  });

  it('come besides those that a picture has', async () => {
    await labelPictures(app, [idAt(1), idAt(2)], { kind: 'besides', labels: ['fowl'] });
    expect(shown(1).labels).toEqual(['animal', 'fowl', 'hen']);
    expect(shown(2)).toEqual({ labels: ['animal-bird', 'fowl'], isByHand: true, split: null });
  });

  it('may be none, which is not what the folder says', async () => {
    await labelPictures(app, [idAt(3)], { kind: 'none' });
    expect(shown(3)).toEqual({ labels: [], isByHand: true, split: null });
    await labelPictures(app, [idAt(3)], { kind: 'none' });
    expect(app.notices.list.at(-1)?.text).toBe('These pictures are labelled so by hand already.');
  });

  it('give way to what the folder says, and undo puts each one’s own back', async () => {
    const ids = [0, 1, 2, 3, 4].map(idAt);
    await labelPictures(app, ids, { kind: 'folder' });
    for (const row of [0, 1, 2, 3, 4]) expect(shown(row)).toEqual(ofFolder);
    expect(app.notices.list.at(-1)?.text).toMatch(/^4 pictures labelled as the folder says again/);
    app.notices.list.at(-1)?.action?.run();
    await expect.poll(() => shown(3)).toEqual({ labels: [], isByHand: true, split: null });
    expect(shown(1).labels).toEqual(['animal', 'fowl', 'hen']);
    expect(shown(4)).toEqual(ofFolder);
  });

  it('survive a change of the rule', async () => {
    await app.library.setLabelRule('none');
    expect(shown(1).labels).toEqual(['animal', 'fowl', 'hen']);
    expect(shown(4).labels).toEqual([]);
    await app.library.setLabelRule('folder');
    await labelPictures(app, [0, 1, 2, 3].map(idAt), { kind: 'folder' });
  });

  it('are asked for of at least one picture', () => {
    askForLabels(app, []);
    expect(app.pages.labelling).toBeNull();
    askForLabels(app, new Set([idAt(2)]));
    expect(app.pages.labelling).toEqual([idAt(2)]);
    app.pages.labelling = null;
  });
});

describe('the edits of a change', () => {
  const pictures = picturesOf(
    { id: 1, path: 'cat/1.png', label: 'cat' },
    { id: 2, path: '2.png', label: 'dog' },
  );
  const labelsByHand = new Map([['hash2', ['dog']]]);
  const known = { pictures, labelsByHand };

  it('are of the pictures that are there and not labelled so by hand already', () => {
    const change = { kind: 'instead', labels: ['dog', 'dog'] } as const;
    expect(labelEdits(known, [1, 2, 99], change)).toEqual([{ hash: 'hash1', labels: ['dog'] }]);
  });

  it('take back only what was given by hand', () => {
    expect(labelEdits(known, [1, 2], { kind: 'folder' })).toEqual([
      { hash: 'hash2', labels: null },
    ]);
  });

  it('tell no label from the label of the folder', () => {
    expect(labelEdits(known, [1], { kind: 'none' })).toEqual([{ hash: 'hash1', labels: [] }]);
  });
});
