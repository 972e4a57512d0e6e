import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import type { ErrorReport } from '../../../src-main/contract/errors/errors.ts';
import { backupFolder } from '../../../src-main/engine/backups/backup-files.ts';
import { migrate, migrations, schemaVersion } from '../../../src-main/engine/store/migrate.ts';
import { runToState, waitForState } from '../../contract/wait-for-job.ts';
import { temporaryFolder } from '../store/temporary-library.ts';
import { engineOn, livedInLibrary, whatPeopleSaid } from './lived-in-library.ts';

it('closing a library backs up what people said, once; and again after the next sitting', async () => {
  const place = await livedInLibrary(temporaryFolder());
  const engine = engineOn(place);
  await engine.call('library.open', { file: place.file });
  const { backups, folder } = await engine.call('backups.list', {});
  expect(backups).toMatchObject([{ verdicts: 60, labels: 8, runs: 1 }]);
  await engine.close();
  expect(readdirSync(folder)).toHaveLength(1);
  await engine.call('library.open', { file: place.file });
  await engine.call('verdicts.set', { pair: ['a'.repeat(64), 'b'.repeat(64)], verdict: 'same' });
  await engine.close();
  const names = readdirSync(folder).map((name) => name.slice(0, 6));
  expect(names).toEqual(['000001', '000002']);
});

it('a sitting that ends while the library is open is backed up by itself', async () => {
  const place = await livedInLibrary(temporaryFolder());
  const folder = backupFolder(place.file, place.dataFolder);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const engine = engineOn(place);
    await engine.call('library.open', { file: place.file });
    const pair = ['a'.repeat(64), 'b'.repeat(64)] as [string, string];
    await engine.call('verdicts.set', { pair, verdict: 'same' });
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    await engine.call('verdicts.set', { pair, verdict: 'unsure' });
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    expect(readdirSync(folder)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(readdirSync(folder)).toHaveLength(2), { timeout: 10_000 });
    await engine.close();
  } finally {
    vi.useRealTimers();
  }
});

it.each([
  ['emptied', (file: string) => truncateSync(file, 0)],
  ['overwritten', (file: string) => writeFileSync(file, 'Not a library any more. '.repeat(400))],
  [
    'without its first page',
    (file: string) =>
      writeFileSync(file, Buffer.concat([Buffer.alloc(4096), readFileSync(file).subarray(4096)])),
  ],
])(
  'a library whose file was %s is found damaged, restored, and rebuilt from the pictures',
  async (_, damage) => {
    const place = await livedInLibrary(temporaryFolder());
    const engine = engineOn(place);
    await engine.call('library.open', { file: place.file });
    const said = await whatPeopleSaid(engine);
    await engine.close();
    damage(place.file);
    await expect(engine.call('library.open', { file: place.file })).rejects.toMatchObject({
      code: 'library-damaged',
      message: expect.stringContaining(`The library ${place.file} is damaged.`) as string,
    });
    const { setAside, backup } = await engine.call('backups.restore', {});
    expect(backup).toMatchObject({ verdicts: 60, runs: 1 });
    expect(setAside).toMatch(/pictures\.damaged-\d{8}T\d{6}Z\.sqlite$/);
    expect(existsSync(setAside ?? '')).toBe(true);
    expect(await whatPeopleSaid(engine)).toEqual(said);
    const jobs = await engine.call('jobs.list', {});
    expect(jobs.map(({ kind }) => kind).toSorted()).toEqual(['embed', 'scan']);
    for (const { job } of jobs)
      expect(await waitForState(engine, job)).toMatchObject({ state: 'done' });
    const { hashes } = await engine.call('library.samples', {});
    expect(hashes).toHaveLength(5);
    const near = await engine.call('anchor.neighbours', {
      run: 'Edges',
      anchor: hashes[0] ?? '',
      k: 4,
    });
    expect(near.ids).toHaveLength(4);
    expect(await whatPeopleSaid(engine)).toEqual(said);
    await engine.close();
  },
);

it('what the damaged library itself still holds is preferred to an older backup', async () => {
  const place = await livedInLibrary(temporaryFolder());
  const folder = backupFolder(place.file, place.dataFolder);
  const engine = engineOn(place);
  await engine.call('library.open', { file: place.file });
  await engine.call('verdicts.set', { pair: ['a'.repeat(64), 'b'.repeat(64)], verdict: 'same' });
  await engine.close();
  // As after a kill: the newest backup is of before the last verdict.
  rmSync(join(folder, readdirSync(folder).at(-1) ?? ''));
  const db = new Database(place.file);
  const page = db
    .prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'thumbnails'`)
    .pluck()
    .get();
  db.close();
  const bytes = readFileSync(place.file);
  bytes.fill(255, (Number(page) - 1) * 4096, Number(page) * 4096);
  writeFileSync(place.file, bytes);
  await engine.call('library.open', { file: place.file });
  const { hashes } = await engine.call('library.samples', {});
  await expect(engine.call('pictures.thumbnail', { hash: hashes[0] ?? '' })).rejects.toMatchObject({
    code: 'library-damaged',
  });
  const offered = await engine.call('backups.list', { isWanted: true });
  expect(offered.backups).toMatchObject([{ verdicts: 61 }, { verdicts: 60 }]);
  expect((await engine.call('backups.restore', {})).backup).toMatchObject({ verdicts: 61 });
  expect(await engine.call('verdicts.list', {})).toHaveLength(61);
  await engine.close();
});

it('a damaged backup is not offered; the one before it is', async () => {
  const place = await livedInLibrary(temporaryFolder());
  const folder = backupFolder(place.file, place.dataFolder);
  const engine = engineOn(place);
  await engine.call('library.open', { file: place.file });
  await engine.call('verdicts.set', { pair: ['a'.repeat(64), 'b'.repeat(64)], verdict: 'same' });
  await engine.call('backups.make', {});
  await engine.close();
  const [, newest = ''] = readdirSync(folder);
  truncateSync(join(folder, newest), 20_000);
  await engine.call('library.open', { file: place.file });
  expect((await engine.call('backups.list', {})).backups).toMatchObject([{ verdicts: 60 }]);
  await expect(
    engine.call('backups.restore', { backup: join(folder, newest) }),
  ).rejects.toMatchObject({ code: 'library-damaged' });
  expect(await engine.call('verdicts.list', {})).toHaveLength(61);
  await engine.close();
});

it('a library of an older version is backed up in its old form before it is changed', async () => {
  const folder = temporaryFolder();
  const place = { dataFolder: join(folder, 'data'), file: join(folder, 'old.sqlite') };
  const old = 7;
  const db = new Database(place.file);
  migrate(db, migrations.slice(0, old));
  db.prepare(`INSERT INTO verdicts VALUES (?, ?, 'same', 'old', NULL, 5)`).run(
    'a'.repeat(64),
    'b'.repeat(64),
  );
  db.close();
  const engine = engineOn(place);
  await engine.call('library.open', { file: place.file });
  const [backup] = (await engine.call('backups.list', {})).backups;
  expect(backup).toMatchObject({ verdicts: 1, labels: 0, runs: 0 });
  const kept = new Database(backup?.file ?? '', { readonly: true });
  expect(schemaVersion(kept)).toBe(old);
  kept.close();
  await engine.call('verdicts.remove', { pair: ['a'.repeat(64), 'b'.repeat(64)] });
  await engine.call('backups.restore', { backup: backup?.file ?? '' });
  expect(await engine.call('verdicts.list', {})).toMatchObject([{ note: 'old' }]);
  await engine.close();
});

it('a data folder that takes no backup is told, and keeps nobody from working', async () => {
  const place = await livedInLibrary(temporaryFolder());
  const engine = engineOn(place);
  await engine.call('library.open', { file: place.file });
  const folder = backupFolder(place.file, place.dataFolder);
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'a file in its way');
  const faults: ErrorReport[] = [];
  engine.on('fault', (fault) => faults.push(fault));
  await engine.call('verdicts.set', { pair: ['a'.repeat(64), 'b'.repeat(64)], verdict: 'same' });
  await engine.close();
  expect(faults).toMatchObject([{ message: expect.stringContaining(folder) as string }]);
});

it('a whole copy is a library of its own, checked, and is restored as a backup is', async () => {
  const place = await livedInLibrary(temporaryFolder());
  const engine = engineOn(place);
  await engine.call('library.open', { file: place.file });
  const copy = join(place.dataFolder, 'copy.sqlite');
  const job = await runToState(engine, 'copyLibrary', { file: copy });
  expect(job).toMatchObject({ state: 'done', result: { file: copy } });
  expect(await runToState(engine, 'copyLibrary', { file: copy })).toMatchObject({
    error: { code: 'file-exists' },
  });
  expect(
    await runToState(engine, 'copyLibrary', { file: place.file, overwrite: true }),
  ).toMatchObject({
    error: { code: 'bad-argument' },
  });
  expect(readdirSync(place.dataFolder).filter((name) => name.startsWith('copy'))).toEqual([
    'copy.sqlite',
  ]);
  await engine.call('verdicts.set', { pair: ['a'.repeat(64), 'b'.repeat(64)], verdict: 'same' });
  const { setAside } = await engine.call('backups.restore', { backup: copy });
  expect(setAside).not.toBeNull();
  expect(await engine.call('verdicts.list', {})).toHaveLength(60);
  const { hashes } = await engine.call('library.samples', {});
  expect(hashes).toHaveLength(5);
  await engine.close();
});
