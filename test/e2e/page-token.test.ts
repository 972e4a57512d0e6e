import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Page } from 'playwright-core';
import { startServer, type RunningServer } from '../../src-main/server/start-server.ts';
import { openTestEngine } from '../contract/engine-shells.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({ library: 'raw pixels' });
const closers: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

/** Whether a page shows the library: its engine answers, and its thumbnails come. */
async function isShown(page: Page): Promise<void> {
  await page.getByRole('list', { name: /^Labels: click/ }).waitFor();
  const { hashes } = await session.engine.call('library.samples', {});
  const status = `fetch('/thumbnail/${hashes[0]}').then(({ status }) => status)`;
  expect(await page.evaluate(status)).toBe(200);
}

beforeAll(() => isShown(session.page));

/** The page's address once its token is gone from it. */
async function shownAddress(page: Page): Promise<string> {
  await expect.poll(() => new URL(page.url()).hash).not.toContain('token');
  return page.url();
}

it('is not in the address of the page, which works after it was loaded again', async () => {
  const { page } = session;
  const address = await shownAddress(page);
  expect(await page.evaluate('document.cookie')).toBe('');
  await page.reload();
  await isShown(page);
  // The printed address, opened once more.
  const token = await page.evaluate<string>(`localStorage.getItem('negatoscope-token')`);
  await page.evaluate(`location.hash = 'token=${token}'`);
  expect(await shownAddress(page)).toBe(address);
  expect(session.troubles).toEqual([]);
});

it('is known to another window of the browser, and to no other server’s page', async () => {
  const { page } = session;
  const { origin } = new URL(page.url());
  const given = await page.evaluate<string>(`localStorage.getItem('negatoscope-token')`);
  const browser = await page.context().browser()!.newContext();
  closers.push(() => browser.close());
  const first = await browser.newPage();
  await first.goto(`${origin}/#token=${given}`);
  await isShown(first);
  const other = await browser.newPage();
  await other.goto(origin);
  await isShown(other);

  const second = await openSecond();
  const beside = await browser.newPage();
  await beside.goto(second.url);
  await shownAddress(beside);
  const token = await beside.evaluate<string>(`localStorage.getItem('negatoscope-token')`);
  expect(token).toBe(second.token);
  // Each has its own cookie, and the first one's windows go on.
  const names = (await browser.cookies()).map(({ name, value, httpOnly, sameSite }) => {
    expect({ httpOnly, sameSite }).toEqual({ httpOnly: true, sameSite: 'Strict' });
    expect(value).not.toContain(token);
    return name;
  });
  expect(names).toHaveLength(2);
  await first.reload();
  await isShown(first);
});

async function openSecond(): Promise<RunningServer> {
  const opened = await openTestEngine();
  closers.push(() => opened.close());
  const { engine } = opened;
  const pageFolder = inject('pageFolder');
  const server = await startServer({ engine, pageFolder, host: '127.0.0.1', port: 0 });
  closers.push(() => server.close());
  return server;
}
