import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';
import { troublesAtRest } from './window-sizes.ts';

const session = useAppSession();
const screens = { '4k': { width: 3840, height: 2160 }, small: { width: 1280, height: 720 } };
const training = { epochs: 2, batch: 24, size: 16, device: 'cpu', ledgerSize: 16 } as const;

/**
 * What is wrong with the page on screen: on each screen what lies badly, in each theme what axe
 * finds. A theme moves nothing, and a larger screen changes no colour. With a folder `SHOTS`, pictures
 * of all four are taken into it.
 */
async function troublesOf(screenName: string): Promise<string[]> {
  const { page } = session;
  const shots = process.env['SHOTS'];
  await page.locator('.notices .notice').waitFor({ state: 'detached' });
  const found: string[] = [];
  const tell = (where: string, troubles: readonly string[]): void => {
    found.push(...troubles.map((trouble) => `${screenName}, ${where}: ${trouble}`));
  };
  for (const [screen, size] of Object.entries(screens)) {
    await page.setViewportSize(size);
    for (const theme of screen === 'small' || shots ? ['Dark', 'Light'] : []) {
      await page.getByRole('button', { name: theme, exact: true }).click();
      if (screen === 'small') tell(theme, await seriousViolations(page));
      if (!shots) continue;
      await page.screenshot({
        path: `${shots}/${screenName}-${screen}-${theme.toLowerCase()}.png`,
      });
    }
    tell(screen, await troublesAtRest(page));
  }
  return found;
}

async function goTo(pageName: string): Promise<void> {
  const { page } = session;
  await page.getByRole('navigation', { name: 'Pages' }).getByText(pageName).click();
  await page.getByRole('main', { name: pageName.toLowerCase() }).waitFor();
}

/** Three dozen pictures, two trainings with their maps, a comparison, an anchor and a verdict. */
beforeAll(async () => {
  const { folder } = session;
  for (const label of [
    'clothing',
    'plant-flower',
    'sky-weather',
    'transport-ground',
    'food-fruit',
  ]) {
    await rm(join(folder, label), { recursive: true });
  }
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('on 4K and on 1280 × 720, dark and light, nothing overlaps, is cut off or unreadable', () => {
  it('on the Welcome page', async () => {
    await session.page.getByRole('button', { name: 'Choose a folder…' }).waitFor();
    expect(await troublesOf('welcome')).toEqual([]);
  });

  it('in the library, tab by tab, with the details of a picture', async () => {
    const { page, engine, folder } = session;
    await engine.call('library.open', { folder });
    await runToState(engine, 'scan', { folder, labels: 'folder' });
    await runToState(engine, 'train', { ...training, name: 'simclr', objective: 'simclr' });
    await runToState(engine, 'map', { run: 'simclr', seed: 1 });
    await runToState(engine, 'train', { ...training, name: 'hard', objective: 'hard' });
    await runToState(engine, 'map', { run: 'hard', seed: 1 });
    await page.reload();
    await goTo('Library');
    await page.getByRole('tab', { name: /^Pictures/ }).click();
    await page.getByRole('list', { name: 'Pictures' }).getByRole('button').first().click();
    const found = await troublesOf('library-pictures');
    await page.getByRole('tab', { name: /^Near-duplicates/ }).click();
    await page.getByRole('slider', { name: /Largest distance/ }).fill('0.9');
    await page.getByRole('list', { name: /near-duplicates$/ }).waitFor();
    for (const tab of ['near-duplicates', 'duplicates', 'skipped']) {
      await page.getByRole('tab', { name: new RegExp(`^${tab}`, 'i') }).click();
      found.push(...(await troublesOf(`library-${tab}`)));
    }
    expect(found).toEqual([]);
  });

  it('in Train, with a run’s curves', async () => {
    await goTo('Train');
    await session.page.getByRole('img', { name: 'Loss by epoch' }).waitFor();
    expect(await troublesOf('train')).toEqual([]);
  });

  it('in Explore, as a map and as a list, with a negative’s numbers', async () => {
    const { page } = session;
    await goTo('Explore');
    await page.keyboard.press('/');
    await page.keyboard.type('1f413__noto');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: /The anchor: .*1f413__noto/ }).waitFor();
    const found = await troublesOf('explore');
    await page.getByRole('list', { name: 'false negatives' }).getByRole('button').first().click();
    await page.getByRole('region', { name: /^The negative / }).waitFor();
    found.push(...(await troublesOf('explore-negative')));
    await page.keyboard.press('Escape');
    await page.keyboard.press('t');
    await page.getByRole('grid').waitFor();
    found.push(...(await troublesOf('explore-list')));
    await page.keyboard.press('t');
    expect(found).toEqual([]);
  });

  it('in Review, with verdicts given', async () => {
    const { page } = session;
    await goTo('Review');
    await page.getByRole('img', { name: /^The candidate/ }).waitFor();
    for (const key of ['f', 't', 'u']) await page.keyboard.press(key);
    await page.getByRole('tab', { name: 'Sitting 3' }).waitFor();
    expect(await troublesOf('review')).toEqual([]);
  });

  it('in Compare', async () => {
    const { page } = session;
    await goTo('Compare');
    await page.getByRole('tab', { name: 'All runs' }).click();
    await page.getByRole('region', { name: 'Table of all runs' }).waitFor();
    const found = await troublesOf('compare-runs');
    await page.getByRole('tab', { name: 'Side by side' }).click();
    const map = page.getByRole('region', { name: 'Map of simclr' });
    const start = page.getByRole('button', { name: 'Compare these two' });
    await start.or(map).waitFor();
    if (await start.isVisible()) await start.click();
    await map.waitFor({ timeout: 120_000 });
    found.push(...(await troublesOf('compare')));
    expect(found).toEqual([]);
  });
});
