import { afterEach, expect, it, vi } from 'vitest';
import type { Backup } from '../../../../src-main/contract/backups.ts';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import { BackupsState, heldBy } from '../../../../src-renderer/app/library/backups.svelte.ts';
import { libraryAnswers, openLibraryWindow } from '../../library-window.ts';

afterEach(() => vi.unstubAllGlobals());

const backup: Backup = {
  ...{ file: '/data/backups/l/1.sqlite', madeAt: 0, bytes: 1000 },
  ...{ verdicts: 1200, labels: 1, runs: 3 },
};
const list = { library: '/l.sqlite', folder: '/data/backups/l', backups: [backup] };

it('a failure that no call was about is told; one of a damaged library, with its backups', async () => {
  const { app, client } = await openLibraryWindow();
  client.tell('fault', { code: 'library-full', message: 'The disk is full.' });
  client.tell('fault', { code: 'library-damaged', message: 'The library is damaged.' });
  expect(app.notices.list).toMatchObject([
    { kind: 'error', text: 'The disk is full.' },
    { kind: 'error', text: 'The library is damaged.', action: { name: 'Restore a backup…' } },
  ]);
  expect(app.notices.list[0]?.action).toBeUndefined();
  app.notices.list[1]?.action?.run();
  expect(app.pages.backupsOf).toBe('wanted');
});

it('a backup is restored in the place of the library that was listed, which is then shown', async () => {
  const { app, client } = await openLibraryWindow({
    'backups.list': () => list,
    'backups.restore': async () => ({
      ...{ backup, setAside: '/l.damaged.sqlite' },
      status: (await libraryAnswers['library.status']?.({}))!,
    }),
  });
  const backups = new BackupsState(app);
  await backups.load(true);
  expect(client.inputsOf('backups.list')).toEqual([{ isWanted: true }]);
  expect(await backups.restore(backup)).toBe(true);
  expect(client.inputsOf('backups.restore')).toEqual([
    { library: '/l.sqlite', backup: backup.file },
  ]);
  expect(app.notices.list.map(({ text }) => text)).toContain(
    'The backup is in place, with 1,200 verdicts · 1 label or mark · 3 runs. What was there is kept: /l.damaged.sqlite.',
  );
});

it('what cannot be done is said in the dialog, which stays', async () => {
  const { app } = await openLibraryWindow({
    'backups.list': () => {
      throw new EngineError('not-found', 'No library was opened.');
    },
  });
  const backups = new BackupsState(app);
  await backups.load(false);
  expect([backups.problem, backups.doing, backups.list]).toEqual([
    'No library was opened.',
    '',
    null,
  ]);
});

it('says what a backup holds', () => {
  expect(heldBy({ ...backup, verdicts: 1, labels: 2, runs: 0 })).toBe(
    '1 verdict · 2 labels and marks · 0 runs',
  );
});
