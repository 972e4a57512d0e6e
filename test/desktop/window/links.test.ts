import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { parse } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { emojiFolder } from '../../contract/engine-shells.ts';
import { anchorAddressOf } from '../../../src-main/contract/anchor-address.ts';
import { choose } from './app-menu.ts';
import { appEnvironment, newHome, startApp, startArguments } from './app-under-test.ts';
import { libraryToLink } from './linked-library.ts';
import { answerOpenDialog, waitForLibrary } from './open-folder.ts';

/** Starts the app once more, which passes its arguments on. */
async function startAgain(home: string, ...args: readonly string[]): Promise<void> {
  const { program, display } = inject('desktopApp');
  const options = { cwd: home, env: appEnvironment(home, display), stdio: 'ignore' } as const;
  await once(spawn(program, startArguments(home, args), options), 'exit');
}

describe('a link to an anchor', () => {
  it('opens its library and shows it, at the first start and at a second one', async () => {
    const home = await newHome();
    const { file, run, hashes, paths } = await libraryToLink(home);
    const linkTo = (row: number): string =>
      anchorAddressOf({ anchor: hashes[row] ?? '', library: file, run });
    const name = (row: number): string => parse(paths[row] ?? '').name;

    const { electron, page } = await startApp({ home, args: [linkTo(7)] });
    const inspector = page.getByRole('toolbar', { name: 'Anchor actions' });
    await inspector.waitFor();
    await page.getByText(name(7)).first().waitFor();

    await page.getByRole('button', { name: 'Copy a link to this anchor' }).click();
    await page.getByText('Copied a link to this anchor.').waitFor();
    const copied = await electron.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied).toBe(linkTo(7));

    // Another library is open by then.
    await answerOpenDialog({ electron }, emojiFolder);
    await choose(electron, 'File', 'Open Folder…');
    await waitForLibrary({ page }, 'emoji');
    await startAgain(home, linkTo(9));
    await inspector.waitFor();
    await page.getByText(name(9)).first().waitFor();
    const title = await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getTitle(),
    );
    expect(title).toContain('linked emoji');

    // macOS tells the app by an event.
    await electron.evaluate(({ app }, address) => {
      app.emit('open-url', { preventDefault: () => undefined }, address);
    }, linkTo(11));
    await page.getByText(name(11)).first().waitFor();
  });

  it('says which library is not there, and which link it does not know', async () => {
    const home = await newHome();
    const { file, hashes } = await libraryToLink(home);
    await rm(file);
    const link = anchorAddressOf({ anchor: hashes[0] ?? '', library: file, run: null });
    const { page } = await startApp({ home, args: [link] });
    await page.getByText(`The link leads to the library ${file}, which is not there`).waitFor();
    await startAgain(home, 'negatoscope://wipe/everything');
    await page.getByText('That link is not one that this app knows').waitFor();
  });
});

describe('a library that the system opens', () => {
  it('is opened by its file, and heads the recent ones', async () => {
    const home = await newHome();
    const { file } = await libraryToLink(home);
    const { electron, page } = await startApp({ home, args: [emojiFolder] });
    await waitForLibrary({ page }, 'emoji');
    await electron.evaluate(({ app }, path) => {
      app.emit('open-file', { preventDefault: () => undefined }, path);
    }, file);
    await page.getByRole('button', { name: /^Library linked emoji/ }).waitFor();
    await choose(electron, 'File', 'Open Recent', 'emoji');
    await page.getByRole('button', { name: /^Library emoji/ }).waitFor();
    await choose(electron, 'File', 'Open Recent', 'linked emoji');
    await page.getByRole('button', { name: /^Library linked emoji/ }).waitFor();
  });
});
