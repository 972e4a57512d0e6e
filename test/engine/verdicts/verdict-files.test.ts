import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VerdictImport } from '../../../src-main/contract/verdict-files.ts';
import { emojiFolder, openTestEngine } from '../../contract/engine-shells.ts';
import type { TestEngine } from '../../contract/engine-shells.ts';
import { addRawPixelRun } from '../../contract/raw-pixel-run.ts';
import { runToState } from '../../contract/wait-for-job.ts';

let opened: TestEngine;
let hashes: readonly string[];
let paths: readonly string[];

beforeAll(async () => {
  opened = await openTestEngine();
  const { file } = await opened.engine.call('library.open', { folder: emojiFolder });
  await runToState(opened.engine, 'scan', { folder: emojiFolder });
  await addRawPixelRun(file ?? '', emojiFolder);
  ({ hashes, paths } = await opened.engine.call('library.samples', {}));
  const awkward = 'one, "two"\nthree; =4';
  const pair = (first: number, second: number) =>
    [hashes[first]!, hashes[second]!] as [string, string];
  await opened.engine.call('verdicts.set', {
    pair: pair(0, 1),
    verdict: 'same',
    note: awkward,
    run: 1,
  });
  await opened.engine.call('verdicts.set', { pair: pair(2, 3), verdict: 'different' });
  await opened.engine.call('verdicts.set', { pair: pair(4, 5), verdict: 'unsure', note: '사진 ü' });
});

afterAll(() => opened.close());

const list = () => opened.engine.call('verdicts.list', {});
const clean = { older: 0, awaiting: 0, refused: 0, joins: 0, unknownRuns: [], reasons: [] };

async function importText(text: string, format: 'csv' | 'json' = 'csv'): Promise<VerdictImport> {
  return await opened.engine.call('verdicts.importFile', { text, format });
}

test.each(['csv', 'json'] as const)(
  'come back from %s as they were, and a second import changes nothing',
  async (format) => {
    const before = await list();
    const { text, verdicts } = await opened.engine.call('verdicts.exportFile', { format });
    expect(verdicts).toBe(3);
    expect(text).toContain('raw pixels');
    const same = await importText(text, format);
    expect(same).toEqual({ ...clean, added: 0, changed: 0, unchanged: 3 });
    for (const { pair } of before) {
      await opened.engine.call('verdicts.remove', { pair: [pair[0].hash, pair[1].hash] });
    }
    expect(await importText(text, format)).toEqual({
      ...clean,
      added: 3,
      changed: 0,
      unchanged: 0,
    });
    expect(await list()).toEqual(before);
  },
);

test('of two verdicts on a pair keep the later one, the file’s at the same time', async () => {
  const before = await list();
  const [latest] = before;
  const { text } = await opened.engine.call('verdicts.exportFile', { format: 'csv' });
  const turned = text.replace(',unsure,', ',same,');
  expect(await importText(turned)).toMatchObject({ changed: 1, unchanged: 2 });
  expect((await list())[0]).toEqual({ ...latest, verdict: 'same' });
  const early = text.replaceAll(/20\d\d-\d\d-\d\dT/g, '1999-01-01T');
  expect(await importText(early)).toMatchObject({ older: 3, changed: 0 });
  await importText(text);
  expect(await list()).toEqual(before);
});

test('count the rows that join two large groups', async () => {
  const hashOf = (number: number): string => number.toString(16).padStart(64, '0');
  const chain = (from: number): [number, number][] =>
    [0, 1, 2, 3].map((step) => [from + step, from + step + 1]);
  const text = [...chain(100), ...chain(200), [102, 203] as const]
    .map(([one, other]) => `${hashOf(one)},${hashOf(other)},same`)
    .join('\n');
  const csv = `anchor_hash,candidate_hash,verdict\n${text}`;
  expect(await importText(csv)).toMatchObject({ added: 9, joins: 1 });
  expect(await importText(csv)).toMatchObject({ added: 0, joins: 0 });
  // One given by itself says which groups it joins.
  const pair = [hashOf(100), hashOf(200)] as [string, string];
  await opened.engine.call('verdicts.remove', { pair: [hashOf(102), hashOf(203)] });
  const given = await opened.engine.call('verdicts.set', { pair, verdict: 'same' });
  expect(given.joins?.map(({ length }) => length)).toEqual([5, 5]);
  for (const { pair: stored } of await list()) {
    if (!stored.every(({ path }) => path === null)) continue;
    const taken = stored.map(({ hash }) => hash) as [string, string];
    await opened.engine.call('verdicts.remove', { pair: taken });
  }
});

test('find pictures by path, save those of pictures that are not here, and name bad rows', async () => {
  const stranger = 'c'.repeat(64);
  const rows = [
    'verdict;anchor_path;candidate_path;hash_a;hash_b;run;time',
    `same;${paths[10]!};${paths[11]!};;;;`,
    `Different;;;${hashes[12]!};${stranger};elsewhere;2024-05-01T10:00:00Z`,
    `maybe;;;${hashes[12]!};${hashes[13]!};;`,
    `same;;;${hashes[12]!};${hashes[12]!};;`,
    `same;;;abc;${hashes[13]!};;`,
    `same;nowhere.png;${paths[10]!};;;;`,
    `same;;;${hashes[12]!};${hashes[13]!};;soon`,
    '',
  ];
  const report = await importText(`\ufeff${rows.join('\r\n')}`);
  expect(report).toMatchObject({ added: 2, awaiting: 1, refused: 5, unknownRuns: ['elsewhere'] });
  expect(report.reasons).toEqual([
    { row: 4, reason: 'The verdict is "maybe", not same, different or unsure.' },
    { row: 5, reason: 'It names one picture twice.' },
    { row: 6, reason: '"abc" is no content hash of 64 hexadecimal digits.' },
    { row: 7, reason: expect.stringContaining('No picture "nowhere.png"') as unknown },
    { row: 8, reason: '"soon" is no time, as 2026-11-25T16:00:00Z is.' },
  ]);
  const saved = (await list()).find(({ time }) => time === '2024-05-01T10:00:00.000Z');
  expect(saved?.pair.map(({ path }) => path)).toContain(null);
  const pair = [hashes[12]!, stranger] as [string, string];
  expect(await opened.engine.call('verdicts.remove', { pair })).toEqual({ removed: true });
});

test('are refused as a whole where the text is no file of verdicts', async () => {
  await expect(importText('a,b\n1,2\n')).rejects.toThrow('no column "verdict"');
  await expect(importText('verdict,note\nsame,"open\n')).rejects.toThrow(
    /The CSV file cannot be read: Quote Not Closed.* line 2/,
  );
  await expect(importText('{', 'json')).rejects.toThrow('cannot be read');
  await expect(importText('{}', 'json')).rejects.toThrow('no list of verdicts');
});
