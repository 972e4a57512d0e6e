import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { presets } from '../../src-main/contract/objectives/presets.ts';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({
  library: 'raw pixels',
  prepare: async ({ engine, folder }) => {
    const { file } = await engine.call('library.status', {});
    await addRawPixelRun(file ?? '', folder, 'raw pixels too');
  },
});

beforeAll(async () => {
  await session.page.getByRole('navigation', { name: 'Pages' }).waitFor();
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
  it('goes to a page, and back', async () => {
    const { page } = session;
    await choose('page train');
    await page.getByRole('main', { name: 'train' }).waitFor();
    await choose('page explore');
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

  it('pins the anchor, finds the pin again, and unpins it', async () => {
    const { page } = session;
    const pins = page.getByRole('list', { name: 'Pinned anchors' }).getByRole('button');
    await choose('pin the anchor');
    await pins.waitFor();
    await choose('1f414__noto');
    await page.getByRole('img', { name: /The anchor: .*1f414__noto/ }).waitFor();
    await choose('pin 1f413__noto');
    await page.getByRole('img', { name: /The anchor: .*1f413__noto/ }).waitFor();
    await choose('unpin');
    await pins.waitFor({ state: 'detached' });
  });

  it('opens the tabs of the library, orders its pictures and scans the folders again', async () => {
    const { page, engine, folder } = session;
    await choose('library near-duplicates');
    await page.getByRole('tab', { name: 'Near-duplicates', selected: true }).waitFor();
    await choose('library skipped');
    await page.getByRole('tab', { name: /^Skipped/, selected: true }).waitFor();
    await choose('library order label');
    await page.getByRole('tab', { name: /^Pictures/, selected: true }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Order' }).inputValue()).toBe('label');
    await rm(join(folder, 'broken.png'));
    await choose('scan again');
    await expect.poll(async () => (await engine.call('library.status', {})).skipped).toBe(0);
  });

  it.each(Object.entries(presets))('fills in Train with %s', async (name, { title }) => {
    const { page } = session;
    await choose(`train ${title}`);
    const chosen = page.getByRole('radiogroup', { name: 'Objective' }).locator('input:checked');
    await expect.poll(() => chosen.inputValue()).toBe(name);
  });

  it('keeps what is filled in while another page is on screen', async () => {
    const { page } = session;
    await page.getByRole('textbox', { name: 'Name of the run' }).fill('later');
    await choose('page library');
    await choose('train moco with a ring');
    expect(await page.getByRole('textbox', { name: 'Name of the run' }).inputValue()).toBe('later');
  });

  it('orders the queue, judges the pair on screen, and takes the answer back', async () => {
    const { page, engine } = session;
    const kinds = async () =>
      (await engine.call('verdicts.list', {})).map(({ verdict }) => verdict);
    await choose('review order random');
    await page.getByRole('img', { name: /^The candidate/ }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Order' }).inputValue()).toBe('random');
    await choose('review same thing');
    await expect.poll(kinds).toEqual(['same']);
    await choose('undo the verdict on');
    await expect.poll(kinds).toEqual([]);
  });

  it('compares two runs, and swaps them', async () => {
    const { page } = session;
    const names = async () =>
      await Promise.all(
        ['Left run', 'Right run'].map((side) =>
          page.getByRole('combobox', { name: side }).locator('option:checked').textContent(),
        ),
      );
    await choose('page explore');
    await page.locator('button.run').getByText('raw pixels', { exact: true }).click();
    await page
      .locator('button.run[aria-current]')
      .getByText('raw pixels', { exact: true })
      .waitFor();
    await choose('compare “raw pixels” with “raw pixels too”');
    await expect.poll(names).toEqual(['raw pixels', 'raw pixels too']);
    await choose('compare swap');
    await expect.poll(names).toEqual(['raw pixels too', 'raw pixels']);
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
    },
  );
});
