import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { importVerdicts } from '../../../../src-renderer/app/actions/import-verdicts.ts';
import { redo, undo } from '../../../../src-renderer/app/actions/undo.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { newApp } from '../../open-app.ts';
import { openEmojiEngine, type EmojiEngine } from '../emoji-engine.ts';

let engine: EmojiEngine;
let app: AppState;
beforeAll(async () => {
  engine = await openEmojiEngine();
  ({ app } = newApp(() => engine.connect()));
  await app.start();
});
afterAll(async () => {
  await engine.close();
  vi.unstubAllGlobals();
});

const said = async (): Promise<string[]> =>
  (await engine.client.call('verdicts.list', {}))
    .map(({ pair, verdict, note }) => `${pair[0].path} ${pair[1].path} ${verdict} ${note}`)
    .toSorted();

it('an import of verdicts can be taken back and made again', async () => {
  const [one = '', two = '', three = ''] = app.library.pictures.columns.hashes;
  const time = '2026-01-01T00:00:00.000Z';
  const own = {
    pair: [one, two] as [string, string],
    verdict: 'different',
    note: 'mine',
    time,
  } as const;
  await engine.client.call('verdicts.set', own);
  await expect.poll(() => app.judged.list.length).toBe(1);
  const before = await said();
  const later = '2026-02-01T00:00:00.000Z';
  const text = [
    'anchor_hash,candidate_hash,anchor_path,candidate_path,verdict,note,time,run',
    `${one},${two},,,same,theirs,${later},`,
    `${one},${three},,,unsure,,${later},`,
  ].join('\n');
  expect(await importVerdicts(app, text, 'csv')).toMatchObject({ added: 1, changed: 1 });
  const after = await said();
  expect(after).toHaveLength(2);
  await undo(app);
  expect(app.notices.list.map(({ text: sentence }) => sentence)).toEqual([
    'Taken back: the import of 2 verdicts.',
  ]);
  expect(await said()).toEqual(before);
  await redo(app);
  expect(await said()).toEqual(after);
});
