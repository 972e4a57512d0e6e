import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../src-main/engine/engine.ts';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { runToState } from '../contract/wait-for-job.ts';
import { useAppSession } from './app-session.ts';
import { troublesBySize } from './window-sizes.ts';

/** Every picture has a name as data sets have them, in `train` and `val`. */
const session = useAppSession({ prepare: embedLongNames });
const longName = '053689bb-5928-489b-aeaf-dfb969b05e93';

async function embedLongNames(made: { engine: Engine; folder: string }): Promise<void> {
  const { engine, folder } = made;
  const entries = await readdir(folder, { withFileTypes: true });
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    for (const picture of await readdir(join(folder, name))) {
      await rename(join(folder, name, picture), join(folder, name, `${longName}-${picture}`));
    }
  }
  const { file } = await engine.call('library.open', { folder });
  await runToState(engine, 'scan', { folder, labels: 'folder' });
  await runToState(engine, 'map', { run: await addRawPixelRun(file ?? '', folder), seed: 1 });
}

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

const button = (name: string | RegExp): Locator => session.page.getByRole('button', { name });

describe('pictures with long names', () => {
  it('push no button out of the details of a negative, nor out of a bin', async () => {
    const { page } = session;
    await page.getByRole('combobox', { name: /^Search/ }).fill('animal-bird 1f413__noto');
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'false negatives' }).getByRole('button').first().click();
    await page.getByRole('region', { name: /^The negative / }).waitFor();
    expect(await troublesBySize(page, 'details')).toEqual([]);
    await button('Close the details').click();
  });

  it('leave room for what is done with a selection, in the list and on the map', async () => {
    const { page } = session;
    await button(/^all \d+/)
      .first()
      .click();
    await button(/^Select /).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await button(/^Label \d+ selected/).waitFor();
    expect(await troublesBySize(page, 'selection on the map')).toEqual([]);
    await page.getByRole('button', { name: 'List', exact: true }).click();
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    await expect.poll(() => button(/^Label \d+ selected/).count()).toBe(1);
    expect(await troublesBySize(page, 'selection in the list')).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    // Every column of the list is in a usual window.
    const cutOff = (): Promise<number> =>
      page.evaluate<number>(
        "(() => { const { scrollWidth, clientWidth } = document.querySelector('[role=grid]').parentElement; return scrollWidth - clientWidth; })()",
      );
    await expect.poll(cutOff).toBe(0);
    await page.getByRole('button', { name: 'Map', exact: true }).click();
  });

  it('hide nothing of the last verdict or of the list of verdicts in Review', async () => {
    const { page } = session;
    await page.getByRole('navigation', { name: 'Pages' }).getByText('Review').click();
    await page.getByRole('img', { name: /^The candidate/ }).waitFor();
    for (const key of ['f', 'u']) await page.keyboard.press(key);
    await page.getByRole('tab', { name: 'History 2' }).click();
    await page.setViewportSize({ width: 960, height: 600 });
    const said = await page.getByText(': judged unsure.').last().boundingBox();
    expect(said!.x + said!.width).toBeLessThan(960 - 240);
    const first = page
      .getByRole('list', { name: /^All verdicts/ })
      .getByRole('listitem')
      .first();
    const row = await first.boundingBox();
    const panel = await page.getByRole('tabpanel').boundingBox();
    // Whole rows are in sight where the window is low.
    expect(row!.y + row!.height).toBeLessThanOrEqual(panel!.y + panel!.height);
    expect(await troublesBySize(page, 'verdicts')).toEqual([]);
    await page.getByText('1 (100 % of 1 sure)').waitFor();
  });

  it('keep a space at which a name is cut in two', async () => {
    const { page } = session;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('navigation', { name: 'Pages' }).getByText('Explore').click();
    const bar = page
      .getByRole('list', { name: /^Verdicts/ })
      .getByRole('button', { name: /^same thing/ });
    await bar.waitFor();
    const [shown, whole] = await page.evaluate<number[]>(`(() => {
      const parts = document.querySelector('button[title="same thing"] .parts');
      const widths = [...parts.children].map((part) => part.getBoundingClientRect().width);
      const uncut = document.createElement('span');
      uncut.style.position = 'absolute';
      uncut.textContent = 'same thing';
      parts.append(uncut);
      const { width } = uncut.getBoundingClientRect();
      uncut.remove();
      return [widths[0] + widths[1], width];
    })()`);
    expect(Math.abs(shown! - whole!)).toBeLessThan(1);
  });
});
