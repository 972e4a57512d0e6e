import { describe, expect, it } from 'vitest';
import { emojiFolder } from '../../contract/engine-shells.ts';
import { choose, menuItems, offered } from './app-menu.ts';
import { startApp } from './app-under-test.ts';
import { answerOpenDialog, waitForLibrary } from './open-folder.ts';

describe('the menu', () => {
  it('offers without a library what needs none, and the rest once one is open', async () => {
    const { electron, page } = await startApp();
    await page.getByRole('button', { name: 'Choose a folder…' }).waitFor();
    expect(await offered(electron, 'File')).not.toContain('Export…');
    expect(await offered(electron, 'Edit')).not.toContain('Find');
    expect(await offered(electron, 'View')).not.toContain('Explore');

    await answerOpenDialog({ electron }, emojiFolder);
    await choose(electron, 'File', 'Open Folder…');
    await waitForLibrary({ page }, 'emoji');
    await expect.poll(() => offered(electron, 'File')).toContain('Export…');
    const pages = ['Library', 'Train', 'Explore', 'Review', 'Compare'];
    expect((await offered(electron, 'View')).slice(0, 5)).toEqual(pages);
    const keys = (await menuItems(electron, 'View')).slice(0, 5);
    expect(keys.map(({ accelerator }) => accelerator)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('goes where the page’s own keys go, and is marked with where it is', async () => {
    const { electron, page } = await startApp({ args: [emojiFolder] });
    await waitForLibrary({ page }, 'emoji');
    const marked = async (): Promise<string[]> =>
      (await menuItems(electron, 'View')).filter((one) => one.isMarked).map((one) => one.label);
    await choose(electron, 'View', 'Review');
    await page
      .getByRole('main')
      .getByRole('heading', { name: /Review|pair/i })
      .first()
      .waitFor();
    await expect.poll(marked).toEqual(['Review']);
    await page.keyboard.press('2');
    await expect.poll(marked).toEqual(['Train']);

    await choose(electron, 'Edit', 'Go To…');
    await page.getByRole('dialog').waitFor();
    // A dialog takes no orders of the menu.
    await expect.poll(() => offered(electron, 'Edit')).not.toContain('Find');
    expect(await offered(electron, 'File')).not.toContain('Open Folder…');
    await page.keyboard.press('Escape');
    await expect.poll(() => offered(electron, 'Edit')).toContain('Find');
    await choose(electron, 'Edit', 'Find');
    expect(await page.evaluate('document.activeElement?.id')).toBe('search');
    await page.keyboard.press('Escape');

    await choose(electron, 'Help', 'Keyboard Shortcuts');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await choose(electron, 'File', 'Import Embeddings…');
    await page.getByRole('dialog', { name: 'Import embeddings' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => offered(electron, 'File')).toContain('Export…');
    await choose(electron, 'File', 'Export…');
    await page.getByRole('dialog', { name: 'Export' }).waitFor();
  });

  it('chooses the theme, and follows what the page chose', async () => {
    const { electron, page } = await startApp({ args: [emojiFolder] });
    await waitForLibrary({ page }, 'emoji');
    const theme = () => page.evaluate('document.documentElement.dataset.theme');
    const marked = async (): Promise<string | undefined> =>
      (await menuItems(electron, 'View'))
        .find(({ label }) => label === 'Theme')
        ?.items.find(({ isMarked }) => isMarked)?.label;
    await choose(electron, 'View', 'Theme', 'Light');
    await expect.poll(theme).toBe('light');
    const source = () => electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
    await expect.poll(source).toBe('light');
    await page.getByRole('button', { name: 'Dark', exact: true }).click();
    await expect.poll(marked).toBe('Dark');
    expect(await source()).toBe('dark');
  });

  it('takes back what was typed in a text field, and else what was changed', async () => {
    const { electron, page } = await startApp({ args: [emojiFolder] });
    await waitForLibrary({ page }, 'emoji');
    await expect.poll(() => offered(electron, 'Edit')).toContain('Find');
    expect(await offered(electron, 'Edit')).not.toContain('Undo');
    await page.keyboard.press('/');
    await expect.poll(() => offered(electron, 'Edit')).toContain('Undo');
    await page.keyboard.type('cat');
    await choose(electron, 'Edit', 'Undo');
    await expect.poll(() => page.locator('#search').inputValue()).not.toBe('cat');
    // What was found had become the selection.
    await page.keyboard.press('Escape');
    await choose(electron, 'Edit', 'Undo');
    await page.getByText('Taken back: the selection.').waitFor();
    await expect.poll(() => offered(electron, 'Edit')).toContain('Redo');
  });
});
