import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startApp } from './app-under-test.ts';
import { dragOver, drop } from './dropped-files.ts';
import { copyPictures, scanned } from './picked-folder.ts';

const middle = { x: 600, y: 400 };
const shots = process.env.SHOTS;

describe('what is dropped on the window', () => {
  it('is opened on any page: a folder, then the library of one', async () => {
    const { page, home } = await startApp();
    const [first, second] = [await copyPictures(home), await copyPictures(home, 'more emoji')];
    await page.getByRole('button', { name: 'Choose a folder…' }).waitFor();
    await drop(page, [first], middle);
    await scanned(page);
    await page.getByRole('button', { name: /^Library emoji/ }).waitFor();

    await page.keyboard.press('4');
    await drop(page, [second], middle);
    await page.getByRole('button', { name: /^Library more emoji/ }).waitFor();
    await scanned(page);
  });

  it('is announced while it is dragged, and not opened where it is no folder', async () => {
    const { page, home } = await startApp();
    const folder = await copyPictures(home);
    await drop(page, [folder], middle);
    await scanned(page);
    const offer = page.getByText('Drop a folder of pictures or a library to open it.');
    for (const theme of ['Light', 'Dark']) {
      await page.getByRole('button', { name: theme, exact: true }).click();
      await dragOver(page, [folder], middle);
      await offer.waitFor();
      if (shots !== undefined) await page.screenshot({ path: join(shots, `drop-${theme}.png`) });
    }
    const picture = join(folder, 'animal-bird/1f413__fluent-emoji-flat.png');
    await drop(page, [picture], middle);
    await page.getByText(/is neither a folder of pictures nor a library/).waitFor();
    expect(await offer.count()).toBe(0);
    await page.getByRole('button', { name: /^Library emoji/ }).waitFor();
  });

  it('goes into a dialog that takes files', async () => {
    const { page, home } = await startApp();
    const folder = await copyPictures(home);
    await drop(page, [folder], middle);
    await scanned(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('import embeddings');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Import embeddings' });
    await dialog.waitFor();
    await dragOver(page, [folder], middle);
    await page.getByText('“Import embeddings” takes what you drop.').waitFor();
    await drop(page, [folder], middle);
    await page.getByText('“Import embeddings” takes what you drop.').waitFor({ state: 'detached' });
    await dialog.waitFor();
  });
});
