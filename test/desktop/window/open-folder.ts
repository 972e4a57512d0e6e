import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { emojiFolder } from '../../contract/engine-shells.ts';
import type { AppUnderTest } from './app-under-test.ts';
import { giveToOrdinaryUser } from './ordinary-user.ts';

/** The pictures of the tests as a folder of the app's user: 96 in 8 folders. */
export async function pictureFolder(
  { home }: Pick<AppUnderTest, 'home'>,
  name: string,
): Promise<string> {
  const folder = join(home, name);
  await cp(emojiFolder, folder, { recursive: true });
  giveToOrdinaryUser(folder);
  return folder;
}

/** Lets the system's dialog for opening answer with this path. */
export async function answerOpenDialog({ electron }: AppUnderTest, path: string): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
}

/** Opens a folder from the first page of a new user and waits until it is scanned. */
export async function openFirstFolder(app: AppUnderTest, folder: string): Promise<void> {
  await answerOpenDialog(app, folder);
  await app.page.getByRole('button', { name: 'Choose a folder…' }).click();
  await waitForLibrary(app, basename(folder));
}

/** Waits until the window shows this library with its pictures. */
export async function waitForLibrary({ page }: AppUnderTest, name: string): Promise<void> {
  await page.getByRole('button', { name: `Library ${name}: open another folder` }).waitFor();
  await page.getByText('96 pictures · 8 labels').waitFor();
}
