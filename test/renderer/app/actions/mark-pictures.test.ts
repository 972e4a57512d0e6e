import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { leaveOut, tagPictures } from '../../../../src-renderer/app/actions/mark-pictures.ts';
import { redo, undo } from '../../../../src-renderer/app/actions/undo.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { newApp } from '../../open-app.ts';
import { openEmojiEngine, type EmojiEngine } from '../emoji-engine.ts';

let engine: EmojiEngine;
let app: AppState;
let some: string[];
beforeAll(async () => {
  engine = await openEmojiEngine();
});
afterAll(async () => {
  await engine.close();
  vi.unstubAllGlobals();
});
beforeEach(async () => {
  ({ app } = newApp(() => engine.connect()));
  await app.start();
  some = app.library.pictures.columns.hashes.slice(0, 3);
});

const told = (): string[] => app.notices.list.map(({ text }) => text);
const marks = () => engine.client.call('pictures.marks', {});

it('tags pictures; undo takes the tag off those only that had it not before', async () => {
  const [first = ''] = some;
  await engine.client.call('pictures.tag', { hashes: [first], tag: 'odd', isTagged: true });
  await tagPictures(app, some, 'odd', true);
  expect(told()).toEqual(['2 pictures tagged “odd”.']);
  await expect.poll(() => app.marks.tagsOf(some[2]!)).toEqual(['odd']);
  await undo(app);
  expect(told()).toEqual(['Taken back: the tag “odd” of 2 pictures.']);
  expect((await marks()).tags).toEqual([{ tag: 'odd', hashes: [first] }]);
  await redo(app);
  expect((await marks()).tags).toEqual([{ tag: 'odd', hashes: some.toSorted() }]);
  await tagPictures(app, some, 'odd', true);
  expect(told()).toEqual(['0 pictures tagged “odd”.']);
  await tagPictures(app, some, 'odd', false);
  expect((await marks()).tags).toEqual([]);
});

it('leaves pictures out of training, and the form counts without them', async () => {
  const all = app.trainable;
  await leaveOut(app, some, true);
  await expect.poll(() => app.trainable).toBe(all - 3);
  expect((await marks()).leftOut).toEqual(some.toSorted());
  await undo(app);
  await expect.poll(() => app.trainable).toBe(all);
});
