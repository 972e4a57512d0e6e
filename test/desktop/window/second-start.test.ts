import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, inject, it } from 'vitest';
import { appEnvironment, startApp, startArguments, type AppUnderTest } from './app-under-test.ts';
import { openFirstFolder, pictureFolder, waitForLibrary } from './open-folder.ts';

it('passes what a second start names on to the window that is open', async () => {
  const app = await startApp();
  await openFirstFolder(app, await pictureFolder(app, 'first'));

  const relative = await pictureFolder(app, 'by a relative path');
  await startAgain(app, ['./by a relative path'], dirname(relative));
  await waitForLibrary(app, 'by a relative path');

  const addressed = await pictureFolder(app, 'by an address');
  await startAgain(app, [pathToFileURL(addressed).href]);
  await waitForLibrary(app, 'by an address');

  await startAgain(app, [join(app.home, 'not there')]);
  await app.page.getByText(/not there is not there: check the name/).waitFor();

  await startAgain(app, []);
  expect(
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
  ).toBe(1);
});

it('tells at the first start that a folder is not there, and that a file is no library', async () => {
  const app = await startApp({ args: ['/not/there'] });
  await app.page.getByText('/not/there is not there: check the name').waitFor();
  const picture = join(await pictureFolder(app, 'pictures'), 'copy.txt');
  await copyFile(import.meta.filename, picture);
  await startAgain(app, [picture]);
  await app.page.getByText(/copy\.txt is neither a folder of pictures nor a library/).waitFor();
});

/** Starts the app once more, for the same user, until that start has passed its arguments on. */
async function startAgain(
  { home }: AppUnderTest,
  args: readonly string[],
  workingFolder = home,
): Promise<void> {
  const { program, display } = inject('desktopApp');
  const second = spawn(program, startArguments(home, args), {
    cwd: workingFolder,
    env: appEnvironment(home, display),
    stdio: 'ignore',
  });
  const [code] = (await once(second, 'exit')) as [number | null];
  expect(code).toBe(0);
}
