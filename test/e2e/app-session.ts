import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { createEngine, type Engine } from '../../src-main/engine/engine.ts';
import { startServer, type RunningServer } from '../../src-main/server/start-server.ts';
import { openTestEngine } from '../contract/engine-shells.ts';
import { copyEmoji, copyEmojiLibrary } from '../libraries/emoji-library.ts';
import type { EmojiRuns } from '../libraries/emoji-library.ts';
import { launchBrowser } from './browser.ts';
import { sharedBrowser } from './shared-browser.ts';

const root = join(import.meta.dirname, '../..');

/** The real app in a real browser on a real engine, with a folder of real pictures. */
export interface AppSession {
  readonly page: Page;
  readonly engine: Engine;
  /** Ends the server, as if its machine were switched off. */
  stopServer(): Promise<void>;
  /** Ends engine and server and starts both anew at the same port; resolves to the new address. */
  restart(): Promise<string>;
  /** 96 emoji in 8 folders, and one file that is no picture although it says so. */
  readonly folder: string;
  /** What went wrong in the page since the session began. */
  readonly troubles: readonly string[];
}

interface SessionOptions {
  /** The library that is open at first, with these runs; without it no library is open. */
  readonly library?: EmojiRuns;
  /** What is done before the page is opened: it then finds what this has made. */
  readonly prepare?: (session: {
    readonly engine: Engine;
    readonly folder: string;
  }) => Promise<unknown>;
  /** Lets the page read the clipboard too. Pages of one browser share it: this one has its own. */
  readonly readsClipboard?: boolean;
}

/** Starts engine and server and opens the page before the tests of a file. */
export function useAppSession(options: SessionOptions = {}): AppSession {
  const { library, prepare, readsClipboard = false } = options;
  const session = { troubles: [] as string[] } as unknown as {
    -readonly [K in keyof AppSession]: AppSession[K];
  } & { troubles: string[] };
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const workFolder = await mkdtemp(join(tmpdir(), 'negatoscope-app-'));
    closers.push(() => rm(workFolder, { recursive: true, force: true }));
    const opened = await openTestEngine({
      modelFolder: join(root, 'node_modules/@vladmandic/human/models'),
      mapsEmbeddings: true,
    });
    closers.push(() => opened.close());
    const { engine } = opened;
    session.engine = engine;
    if (library === undefined) session.folder = await copyEmoji(workFolder);
    else {
      const { pictures, file } = await copyEmojiLibrary(library, workFolder);
      session.folder = pictures;
      await engine.call('library.open', { file });
    }
    await prepare?.(session);
    const pageFolder = inject('pageFolder');
    const server = await startServer({ engine, pageFolder, host: '127.0.0.1', port: 0 });
    let stopped: Promise<void> | null = null;
    session.stopServer = () => (stopped ??= server.close());
    closers.push(() => session.stopServer());
    session.restart = async () => {
      const { file } = await session.engine.call('library.status', {});
      await session.stopServer();
      await engine.close();
      const renewed = createEngine({ ...opened.options });
      session.engine = renewed;
      await renewed.call('library.open', { file: file ?? '' });
      const { port } = server;
      const again = await startServer({ engine: renewed, pageFolder, host: '127.0.0.1', port });
      closers.push(() => again.close().then(() => renewed.close()));
      return again.url;
    };
    const browser = await (readsClipboard ? launchBrowser() : sharedBrowser());
    closers.push(() => browser.close());
    session.page = await openPage(browser, server, (trouble) => {
      // What is under way when the server goes is refused: the browser says so, the page can't help it.
      if (stopped && trouble.startsWith('Failed to load resource:')) return;
      session.troubles.push(trouble);
    });
    if (!readsClipboard) return;
    await session.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    // The only trace of a failure on a machine that nobody can look at.
    console.error(`The page at “${task.name}”:\n${await shownText(session.page)}`);
  });

  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });

  return session;
}

/** What a screen reader would find in the open dialog, or else on the page. */
async function shownText(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog').last();
  const isOpen = await dialog.isVisible();
  return (isOpen ? dialog : page.locator('body')).ariaSnapshot({ timeout: 10_000 });
}

async function openPage(
  browser: Browser,
  server: RunningServer,
  onTrouble: (trouble: string) => void,
): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  // A machine with other work draws slowly.
  page.setDefaultTimeout(60_000);
  page.on('console', (message) => {
    if (message.type() === 'error') onTrouble(message.text());
  });
  page.on('pageerror', (error) => onTrouble(error.message));
  await page.goto(server.url);
  return page;
}
