import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { emojiFolder } from '../../contract/engine-shells.ts';
import { giveToOrdinaryUser } from './ordinary-user.ts';

/** Makes this the answer of the system's dialog for folders and files. */
export function answerOpenDialog(electron: ElectronApplication, path: string): Promise<void> {
  return electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
}

/** A folder with the emoji in the home of the app's user. */
export async function copyPictures(home: string, name = 'emoji'): Promise<string> {
  const folder = join(home, name);
  await cp(emojiFolder, folder, { recursive: true });
  giveToOrdinaryUser(folder);
  return folder;
}

/** Waits until a folder with the emoji is scanned. */
export async function scanned(page: Page): Promise<void> {
  await page.getByText('96 pictures · 8 labels').waitFor();
}
