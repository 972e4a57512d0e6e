import { expect, it } from 'vitest';
import { emojiFolder } from '../../contract/engine-shells.ts';
import { startApp } from './app-under-test.ts';

it('opens a folder by the system’s dialog, scans it and shows a map', async () => {
  const { electron, page } = await startApp();
  await electron.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
  }, emojiFolder);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await page.getByRole('button', { name: /^Library emoji/ }).waitFor();
  await page.getByText('96 pictures · 8 labels').waitFor();
  const title = () =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
  await expect.poll(title).toBe('emoji – Negatoscope');
});
