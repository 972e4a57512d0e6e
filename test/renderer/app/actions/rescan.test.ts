import { afterEach, expect, it, vi } from 'vitest';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import type { LibraryStatus } from '../../../../src-main/contract/library.ts';
import { rescan } from '../../../../src-renderer/app/actions/rescan.ts';
import { AnsweringClient } from '../../answering-client.ts';
import { jobOf } from '../../job-of.ts';
import { appOn } from '../../open-app.ts';

afterEach(() => vi.unstubAllGlobals());

it('scans every folder again with its own labels, with a client that answers that the first is gone', async () => {
  const client = new AnsweringClient({
    'jobs.start': ({ input }) => {
      if ((input as { folder: string }).folder !== '/gone') return jobOf(1, { kind: 'scan' });
      throw new EngineError('bad-picture-folder', 'There is no folder /gone.');
    },
  });
  const app = await appOn(client);
  await rescan(app);
  expect(client.calls).toEqual([]);
  const folders = [
    { path: '/gone', labels: 'deepest', scannedAt: null },
    { path: '/pictures', labels: 'none', scannedAt: 1 },
  ] as const;
  app.library.status = { folders: [...folders] } as unknown as LibraryStatus;
  await rescan(app);
  expect(client.inputsOf('jobs.start')).toEqual([
    { kind: 'scan', input: { folder: '/gone' } },
    { kind: 'scan', input: { folder: '/pictures' } },
  ]);
  expect(app.notices.list.map(({ text }) => text)).toEqual(['There is no folder /gone.']);
});
