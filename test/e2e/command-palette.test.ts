import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession();

beforeAll(async () => {
  const { page, engine, folder } = session;
  await engine.call('library.open', { folder });
  await runToState(engine, 'scan', { folder, labels: 'folder' });
  const { file } = await engine.call('library.status', {});
  const run = await addRawPixelRun(file ?? '', folder);
  await runToState(engine, 'map', { run, seed: 1 });
  await page.reload();
  await page.getByRole('navigation', { name: 'Places' }).waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

async function choose(words: string): Promise<void> {
  const { page } = session;
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Go to or do' }).getByRole('combobox').waitFor();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Go to or do' }).waitFor({ state: 'detached' });
}

describe('the command palette', () => {
  it('goes to a place, and back', async () => {
    const { page } = session;
    await choose('place train');
    await page.getByRole('main', { name: 'train' }).waitFor();
    await choose('place explore');
    await page.getByRole('main', { name: 'explore' }).waitFor();
  });

  it('makes a picture the anchor', async () => {
    await choose('1f413__noto');
    await session.page.getByRole('img', { name: /The anchor: .*1f413__noto/ }).waitFor();
  });

  it('switches a label’s filter, and clears it by an action', async () => {
    const { page } = session;
    await choose('label food-fruit');
    const label = page
      .getByRole('list', { name: /^Labels/ })
      .getByRole('button', { name: /^food-fruit/ });
    expect(await label.getAttribute('aria-pressed')).toBe('true');
    await choose('clear filters');
    expect(await label.getAttribute('aria-pressed')).toBe('false');
  });

  it.each(['dark', 'light'])(
    'sets the theme, is accessible in %s, and closes by Escape',
    async (theme) => {
      const { page } = session;
      await choose(`theme ${theme}`);
      expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
      await page.keyboard.press('Control+k');
      const dialog = page.getByRole('dialog', { name: 'Go to or do' });
      await dialog.getByRole('option').nth(3).waitFor();
      await page.keyboard.press('ArrowDown');
      expect(await seriousViolations(page)).toEqual([]);
      const folder = process.env['SHOTS'];
      if (folder) await page.screenshot({ path: `${folder}/palette-${theme}.png` });
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('img', { name: /The anchor/ }).waitFor();
    },
  );
});
