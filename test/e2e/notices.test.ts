import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { useAppSession } from './app-session.ts';
import { lookAt } from './look-at.ts';

const session = useAppSession({ library: 'no runs' });

/** Folders that are not there: each is told by a sentence of its own. */
const wrong = [1, 2, 3, 4].map((number) => `/there/is/no/such/folder/as/this/one/number/${number}`);

beforeAll(async () => {
  await session.page.getByRole('main', { name: 'library' }).waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

const shown = (): Locator => session.page.locator('.notice.shown');
const alerts = (page: Page): Locator => page.getByRole('alert').filter({ hasText: '/there/is' });

async function pageHeight(): Promise<number> {
  return (await session.page.getByRole('main').boundingBox())?.height ?? 0;
}

it('errors take three lines at most, the others are behind “more”, and all are told to screen readers', async () => {
  const { page } = session;
  const before = await pageHeight();
  for (const [index, folder] of wrong.entries()) {
    await page.getByRole('button', { name: /: open another folder$/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Choose a folder of pictures' });
    await dialog.getByRole('textbox', { name: /^Folder/ }).fill(folder);
    await dialog.getByRole('button', { name: 'Open this folder' }).click();
    await expect.poll(() => alerts(page).count()).toBe(index + 1);
  }
  expect(await shown().count()).toBe(2);
  const lineHeight = 26;
  expect(before - (await pageHeight())).toBeLessThanOrEqual(2 * lineHeight);
  await lookAt(page, 'notices');

  await page.getByRole('button', { name: '2 more' }).click();
  expect(await shown().count()).toBe(4);
  const all = await page.locator('.notices').boundingBox();
  const status = await page.getByRole('contentinfo', { name: 'Status' }).boundingBox();
  // The list lies over the page, above the bar, and moves nothing.
  expect((all?.y ?? 0) + (all?.height ?? 0)).toBeLessThanOrEqual(status?.y ?? 0);
  expect(await pageHeight()).toBeGreaterThanOrEqual(before - 2 * lineHeight);
  const boxes = await Promise.all((await shown().all()).map((one) => one.boundingBox()));
  expect(Math.max(...boxes.map((box) => box?.height ?? Infinity))).toBeLessThanOrEqual(
    2 * lineHeight,
  );
  await lookAt(page, 'notices-all');
  await page.getByRole('button', { name: /^Dismiss:.*number\/1/ }).click();
  await page.getByRole('button', { name: 'Show less' }).click();
  await page.getByRole('button', { name: '1 more' }).waitFor();
});

it('go when another library is opened', async () => {
  const { page, engine, folder } = session;
  expect(await alerts(page).count()).toBe(3);
  await engine.call('library.open', { folder: `${folder}/clothing` });
  await page.getByRole('button', { name: /^Library clothing/ }).waitFor();
  await expect.poll(() => alerts(page).count()).toBe(0);
});
