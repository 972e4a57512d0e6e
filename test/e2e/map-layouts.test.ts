import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MapProgress } from '../../src-main/contract/map.ts';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({ library: 'raw pixels' });
const progress: MapProgress[] = [];

function layoutButton(): Locator {
  return session.page.locator('button.layout');
}

async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder) await session.page.screenshot({ path: `${folder}/${name}.png` });
}

beforeAll(async () => {
  const { page, engine } = session;
  engine.on('mapProgress', (one) => progress.push(one));
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('button', { name: 'Explore' }).click();
  await layoutButton().waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('the layout of the map', () => {
  it('is PCA at a click, and the UMAP that is kept at another', async () => {
    const { page, engine } = session;
    expect((await layoutButton().textContent())?.trim()).toBe('UMAP · 15 neighbours · seed 1');
    await layoutButton().click();
    await shot('layouts');
    expect(await seriousViolations(page)).toEqual([]);
    const sheet = page.getByRole('region', { name: 'Layout of the map' });
    await sheet.getByRole('button', { name: /^PCA/ }).click();
    await expect.poll(() => layoutButton().textContent()).toContain('PCA');
    await layoutButton().click();
    await sheet.getByRole('button', { name: /^UMAP/ }).click();
    await expect.poll(() => layoutButton().textContent()).toContain('UMAP');
    expect((await engine.call('jobs.list', {})).filter(({ kind }) => kind === 'map').length).toBe(
      2,
    );
  });

  it('is laid out anew by other settings, showing its epochs on the way, and kept beside the rest', async () => {
    const { page, engine } = session;
    await layoutButton().click();
    await page.getByLabel('neighbours').fill('6');
    await page.getByLabel('min distance').fill('3');
    await page.getByText('Min distance: from 0 to 0.99.').waitFor();
    expect(await page.getByRole('button', { name: 'Lay out', exact: true }).isDisabled()).toBe(
      true,
    );
    await page.getByLabel('min distance').fill('0.35');
    await page.getByLabel('metric').selectOption('euclidean');
    await page.getByRole('button', { name: 'Lay out', exact: true }).click();
    const words = 'UMAP · 6 neighbours · distance 0.35 · euclidean · seed 1';
    await expect.poll(() => layoutButton().textContent()).toContain(words);
    expect(await engine.call('runs.maps', { run: 1 })).toHaveLength(3);
    expect(progress.length).toBeGreaterThan(0);
    for (const { coordinates, ids } of progress) expect(coordinates).toHaveLength(2 * ids.length);
  });

  it('keeps the old map when its layout is cancelled', async () => {
    const { page, engine } = session;
    const before = await layoutButton().textContent();
    progress.length = 0;
    await layoutButton().click();
    await page.getByLabel('seed').fill('77');
    await page.getByRole('button', { name: 'Lay out', exact: true }).click();
    await expect.poll(async () => (await engine.call('jobs.list', {}))[0]?.state).toBe('running');
    const [job] = await engine.call('jobs.list', {});
    await engine.call('jobs.cancel', { job: job?.job ?? 0 });
    await expect.poll(async () => (await engine.call('jobs.list', {}))[0]?.state).toBe('cancelled');
    await expect.poll(() => layoutButton().textContent()).toBe(before);
    expect(await engine.call('runs.maps', { run: 1 })).toHaveLength(3);
  });
});
