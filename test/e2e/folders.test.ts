import { cp, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useAppSession } from './app-session.ts';
import { lookAt } from './look-at.ts';

const session = useAppSession({ library: 'no runs' });

beforeAll(async () => {
  await session.page.getByRole('main', { name: 'library' }).waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

const button = (name: string | RegExp): Locator => session.page.getByRole('button', { name });
const notices = (): Locator => session.page.locator('.notices .notice');

/** Opens a folder by the dialog of the top bar. */
async function openFolder(folder: string): Promise<void> {
  const { page } = session;
  await button(/: open another folder$/).click();
  const dialog = page.getByRole('dialog', { name: 'Choose a folder of pictures' });
  await dialog.getByRole('textbox', { name: /^Folder/ }).fill(folder);
  await dialog.getByRole('button', { name: 'Open this folder' }).click();
}

describe('a folder without pictures', () => {
  let folder: string;

  it('keeps its name, says that none were found, and leads back to the library before', async () => {
    const { page } = session;
    folder = join(dirname(session.folder), 'holiday');
    await mkdir(folder);
    await openFolder(folder);
    await page.getByRole('heading', { name: 'No pictures were found in “holiday”' }).waitFor();
    await button('Library holiday: open another folder').waitFor();
    const side = page.getByRole('complementary', { name: 'What the library holds' });
    await side.getByText(folder).waitFor();
    await side.getByText('no pictures found').waitFor();
    await page.getByText(/is empty: it holds no pictures/).waitFor();
    await lookAt(page, 'no-pictures');
    await page.getByRole('tab', { name: /^Skipped/ }).click();
    await page.getByRole('heading', { name: 'Nothing was read' }).waitFor();
    await page.getByRole('tab', { name: /^Pictures/ }).click();
    await button(/^Back to “/).click();
    await page.getByText('96 pictures · 8 labels').waitFor();
    // Nothing is said of the other library any more.
    await expect.poll(() => notices().count()).toBe(0);
  });

  it('is scanned again once pictures are in it', async () => {
    const { page } = session;
    await openFolder(folder);
    await page.getByRole('heading', { name: 'No pictures were found in “holiday”' }).waitFor();
    await cp(join(session.folder, 'clothing'), join(folder, 'clothing'), { recursive: true });
    await page.getByRole('main').getByRole('button', { name: 'Scan again' }).last().click();
    await page.getByText('12 pictures · 1 label').waitFor();
    await page.getByRole('list', { name: 'Pictures' }).getByRole('button').first().waitFor();
  });
});

describe('a folder that was moved', () => {
  it('is told of when its library opens, and found again by the choice of its new place', async () => {
    const { page, engine } = session;
    const from = join(dirname(session.folder), 'holiday');
    const to = join(dirname(session.folder), 'holiday 2026');
    await rename(from, to);
    await page.reload();
    const told = notices().filter({ hasText: `The folder ${from} is not there any more` });
    await told.waitFor();
    const side = page.getByRole('complementary', { name: 'What the library holds' });
    await side.getByRole('note', { name: /is not there any more$/ }).waitFor();
    expect(await button('Start at once with the starter encoder').count()).toBe(0);
    await lookAt(page, 'gone-folder');
    await side.getByRole('button', { name: 'Choose where it is now…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Choose where the folder is now' });
    const path = dialog.getByRole('textbox', { name: /^Folder/ });
    await path.fill(to);
    await lookAt(page, 'choose-new-place');
    await dialog.getByRole('button', { name: 'It is here' }).click();
    await side.getByText(to, { exact: true }).waitFor();
    await told.waitFor({ state: 'detached' });
    await button('Start at once with the starter encoder').waitFor();
    await page.getByText('Nothing is running').waitFor();
    expect(await engine.call('library.status', {})).toMatchObject({
      ...{ name: 'holiday 2026', images: 12, folders: [{ path: to, isThere: true }] },
    });
  });
});
