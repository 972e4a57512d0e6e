import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobStatus } from '../../../../src-main/contract/jobs.ts';
import { showJobEnd } from '../../../../src-renderer/app/jobs/job-news.ts';
import { LibraryPageState } from '../../../../src-renderer/app/library/library-page.svelte.ts';
import { Notices } from '../../../../src-renderer/app/window/notices.svelte.ts';
import { Pages } from '../../../../src-renderer/app/window/pages.svelte.ts';
import { jobOf } from '../../job-of.ts';

let notices: Notices;
let pages: Pages;
let libraryPage: LibraryPageState;
beforeEach(() => {
  vi.useFakeTimers();
  notices = new Notices();
  pages = new Pages();
  libraryPage = new LibraryPageState();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function noticed(job: JobStatus): string[] {
  showJobEnd(job, { notices, pages, libraryPage });
  return notices.list.map(({ kind, text }) => `${kind}: ${text}`);
}

const written = { files: [{ path: '/out/a.csv', bytes: 3 }], rows: 1, columns: [], seconds: 0 };
const failed = {
  state: 'failed',
  error: { code: 'disk-full', message: 'The disk is full.' },
} as const;

describe('the news of a job’s end', () => {
  it('is nothing where all went well and the page shows it', () => {
    expect(noticed(jobOf(1, { kind: 'train', state: 'done', result: {} }))).toEqual([]);
    expect(noticed(jobOf(2, { kind: 'scan', state: 'done', result: {} }))).toEqual([]);
  });

  it('of a scan is what has no label until someone decides, with the way there', () => {
    const unmatched = { count: 2, examples: ['lost.png', 'gone.png'] };
    const result = { labelConflicts: 1, unmatched };
    expect(noticed(jobOf(1, { kind: 'scan', state: 'done', result }))).toEqual([
      'done: 2 rows of the file of labels name no picture here, such as lost.png.',
      'done: 1 picture in folders of different labels: no label until you decide.',
    ]);
    notices.list.at(-1)?.action?.run();
    expect([libraryPage.tab, pages.current]).toEqual(['labels', 'library']);
  });

  it('is why it failed, and nothing where the user cancelled it', () => {
    const error = { code: 'cancelled', message: 'It was cancelled.' } as const;
    expect(noticed(jobOf(1, { state: 'cancelled', error }))).toEqual([]);
    expect(noticed(jobOf(1, failed))).toEqual(['error: The disk is full.']);
  });

  it.each(['export', 'exportEncoder', 'exportProjector', 'exportAtlas', 'mine'] as const)(
    'of %s is where the file lies, to be copied',
    (kind) => {
      const copied: string[] = [];
      vi.stubGlobal('navigator', {
        clipboard: { writeText: (text: string) => Promise.resolve(copied.push(text)) },
      });
      const job = jobOf(1, { kind, state: 'done', result: written });
      expect(noticed(job)).toEqual(['done: Written: /out/a.csv']);
      expect(notices.list[0]?.action?.name).toBe('Copy the path');
      notices.list[0]?.action?.run();
      expect(copied).toEqual(['/out/a.csv']);
    },
  );

  it('says that the path could not be copied', async () => {
    vi.stubGlobal('navigator', {
      clipboard: { writeText: () => Promise.reject(new Error('The page has no focus.')) },
    });
    noticed(jobOf(1, { kind: 'export', state: 'done', result: written }));
    notices.list[0]?.action?.run();
    await expect
      .poll(() => notices.list.map(({ text }) => text).join())
      .toContain('The text was not copied: a browser lets a page copy only at 127.0.0.1');
    expect(notices.list.map(({ text }) => text).join()).not.toContain('Copied');
  });

  it('of an embedding is what it left out, with the way to all of it', () => {
    const skip = (path: string) => ({ path, code: 'unreadable', reason: 'It is no picture.' });
    const result = { leftOut: [skip('a.png'), skip('b.png')] };
    expect(noticed(jobOf(1, { kind: 'embed', state: 'done', result }))).toEqual([
      'done: 2 pictures left out. The first: a.png: It is no picture.',
    ]);
    notices.list[0]?.action?.run();
    expect(pages.chosen).toBe('train');
    notices.list = [];
    expect(noticed(jobOf(1, { kind: 'embed', state: 'done', result: {} }))).toEqual([]);
    expect(noticed(jobOf(1, { kind: 'embed', state: 'done', result: { leftOut: [] } }))).toEqual(
      [],
    );
  });

  it('is left to the dialog that watches the job, or that is about to start it', () => {
    pages.watchedJob = 4;
    expect(noticed(jobOf(4, { kind: 'export', ...failed }))).toEqual([]);
    pages.watchedJob = 'next';
    expect(noticed(jobOf(5, { kind: 'addEncoder', ...failed }))).toEqual([]);
    expect(noticed(jobOf(6, { kind: 'train', ...failed }))).toEqual(['error: The disk is full.']);
  });

  it('of another job is shown while a dialog watches its own', () => {
    pages.watchedJob = 4;
    expect(noticed(jobOf(5, { kind: 'export', ...failed }))).toEqual(['error: The disk is full.']);
  });
});
