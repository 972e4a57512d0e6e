import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { twoTowers } from '../engine/text-search/two-towers.ts';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({
  library: 'no runs',
  prepare: async ({ engine }) => {
    await runToState(engine, 'embed', { encoder: 'pixels' });
    await runToState(engine, 'map', { run: 'pixels', method: 'pca' });
  },
});
const mode = () => session.page.getByRole('button', { name: 'Search by what pictures show' });
const box = () => session.page.getByRole('combobox', { name: /Describe what|Search pictures by/ });

async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder) await session.page.screenshot({ path: `${folder}/${name}.png` });
}

beforeAll(async () => {
  await session.page.getByRole('navigation', { name: 'Pages' }).getByText('Explore').click();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('the search box', () => {
  it('finds names only while the run has no text tower', async () => {
    await box().waitFor();
    expect(await mode().count()).toBe(0);
  });

  it('finds what pictures show with a run that has one, and selects it on the map', async () => {
    const { page, engine } = session;
    await runToState(engine, 'embed', {
      encoder: twoTowers(join(session.folder, '../models')),
      device: 'cpu',
    });
    await runToState(engine, 'map', { run: 'colour-clip', method: 'pca' });
    await page.getByRole('button', { name: /^colour-clip/ }).click();
    await mode().click();
    expect(await mode().getAttribute('aria-pressed')).toBe('true');
    await box().fill('a red picture');
    await page.getByText('Enter searches the pictures of this run').waitFor();
    await box().press('Enter');
    await page.getByText(/pictures? most like it selected/).waitFor();
    const options = page.getByRole('listbox', { name: 'Pictures found' }).getByRole('option');
    const similarities = (await options.locator('.note').allTextContents()).map(Number);
    expect(similarities.length).toBeGreaterThan(1);
    expect(similarities).toEqual(similarities.toSorted((a, b) => b - a));
    const { ids } = await engine.call('search.text', { run: 'colour-clip', text: 'red', k: 50 });
    await page.getByRole('button', { name: `${ids.length} pictures selected` }).waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await shot(`text-search-${colorScheme}`);
      expect(await seriousViolations(page)).toEqual([]);
    }
    await box().press('ArrowDown');
    await box().press('Enter');
    await page.getByRole('option').first().waitFor({ state: 'hidden' });
    const samples = await engine.call('library.samples', {});
    const path = samples.paths[samples.ids.indexOf(ids[1]!)]!;
    const name = path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
    await page.getByText(name, { exact: false }).first().waitFor();
  });

  it('says what was cut of a text that is too long', async () => {
    await box().fill('red '.repeat(20));
    await box().press('Enter');
    await session.page.getByText('only the first 6 of 20 tokens were read').waitFor();
  });
});
