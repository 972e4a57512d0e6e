import { afterEach, describe, expect, it, vi } from 'vitest';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import type { LibraryStatus } from '../../../../src-main/contract/library.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import type { AnsweringClient, Answers } from '../../answering-client.ts';
import { jobOf } from '../../job-of.ts';
import { libraryAnswers, openLibraryWindow } from '../../library-window.ts';
import { moveFolder } from '../../../../src-renderer/app/folders/move-folder.ts';

afterEach(() => vi.unstubAllGlobals());

/** The status of a library in this file, whose folder is there or not. */
async function statusOf(path: string, isThere: boolean): Promise<LibraryStatus> {
  const status = await libraryAnswers['library.status']?.({});
  const [folder] = status?.folders ?? [];
  if (!status || !folder) throw new Error('No status was prepared.');
  return { ...status, folders: [{ ...folder, path, isThere }] };
}

const noticed = (app: AppState): string[] => app.notices.list.map(({ text }) => text);

async function windowWithGone(
  others: Answers = {},
): Promise<{ app: AppState; client: AnsweringClient }> {
  return await openLibraryWindow({
    'library.status': () => statusOf('/before', false),
    ...others,
  });
}

describe('a library whose folder is gone', () => {
  it('is told of when it opens, with a button that leads to the choice of the new place', async () => {
    const { app } = await windowWithGone();
    const [notice] = app.notices.list;
    expect(notice).toMatchObject({ kind: 'error', action: { name: 'Choose where it is now…' } });
    expect(notice?.text).toContain('/before is not there any more');
    notice?.action?.run();
    expect(app.pages.movingFolder).toBe('/before');
    app.pages.closeDialogs();
    expect(app.pages.movingFolder).toBeNull();
  });

  it('is not told of where it is there', async () => {
    const { app } = await openLibraryWindow();
    expect(noticed(app)).toEqual([]);
  });

  it('looks in the new place, scans it, and the warning goes', async () => {
    let status = await statusOf('/before', false);
    const now = await statusOf('/now', true);
    const { app, client } = await windowWithGone({
      'library.status': () => status,
      'library.moveFolder': () => (status = now),
      'jobs.start': () => jobOf(1, { kind: 'scan' }),
    });
    await moveFolder(app, '/before', '/now');
    expect(client.inputsOf('library.moveFolder')).toEqual([{ from: '/before', to: '/now' }]);
    expect(client.inputsOf('jobs.start')).toEqual([{ kind: 'scan', input: { folder: '/now' } }]);
    expect(app.library.status?.folders).toMatchObject([{ path: '/now', isThere: true }]);
    expect(noticed(app)).toEqual(['The pictures of /before are read from /now now.']);
  });

  it('stays as it is where the engine refuses the place, and scans nothing', async () => {
    const { app, client } = await windowWithGone({
      'library.moveFolder': () => {
        throw new EngineError('bad-picture-folder', '/wrong holds none of the pictures.');
      },
    });
    await moveFolder(app, '/before', '/wrong');
    expect(noticed(app)).toHaveLength(2);
    expect(noticed(app)[1]).toBe('/wrong holds none of the pictures.');
    expect(client.inputsOf('jobs.start')).toEqual([]);
  });
});

describe('when another library is opened', () => {
  it('what was told of the one before goes, and its jobs; what is told of the new one stays', async () => {
    let status = await statusOf('/pictures', true);
    const { app } = await openLibraryWindow({
      'library.status': () => status,
      'library.open': () => status,
      'jobs.list': () => (status.file === '/library.sqlite' ? [jobOf(7, { kind: 'scan' })] : []),
    });
    app.notices.fail(new Error('The run 9 is not there.'));
    app.notices.show('Written: /a.csv');
    expect(app.jobs.list).toHaveLength(1);
    await app.library.refresh();
    expect(noticed(app)).toHaveLength(2);
    status = { ...(await statusOf('/other', false)), file: '/other.sqlite' };
    await app.openLibraryFile('/other.sqlite');
    expect(noticed(app)).toHaveLength(1);
    expect(noticed(app)[0]).toContain('/other is not there any more');
    expect(app.jobs.list).toEqual([]);
  });

  it('what cannot be opened leaves everything as it is, with the reason', async () => {
    const { app } = await openLibraryWindow({
      'library.open': () => {
        throw new EngineError('library-unreadable', 'It cannot be opened.');
      },
    });
    app.notices.fail(new Error('The run 9 is not there.'));
    await app.openLibraryFile('/other.sqlite');
    expect(noticed(app)).toEqual(['The run 9 is not there.', 'It cannot be opened.']);
  });
});
