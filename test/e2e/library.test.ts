import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { runToState } from '../contract/wait-for-job.ts';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({
  library: 'no runs',
  prepare: async ({ engine, folder }) => {
    await mkdir(join(folder, 'copies'));
    await cp(join(folder, copied), join(folder, 'copies/hen.png'));
    await sharp(join(folder, again))
      .webp({ quality: 90 })
      .toFile(join(folder, again.replace('.png', '-again.webp')));
    await runToState(engine, 'scan', { folder, labels: 'folder' });
    const { file } = await engine.call('library.status', {});
    await addRawPixelRun(file ?? '', folder);
  },
});
const copied = 'animal-bird/1f413__noto.png';
const again = 'food-fruit/1f345__noto.png';

async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder) await session.page.screenshot({ path: `${folder}/${name}.png` });
}

beforeAll(async () => {
  await pictures().getByRole('button').first().waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

function pictures(): Locator {
  return session.page.getByRole('list', { name: 'Pictures' });
}

const details = (): Locator => session.page.getByRole('complementary', { name: /^Details/ });

async function firstNames(count: number): Promise<string[]> {
  const all = await pictures().getByRole('button').allTextContents();
  return all.slice(0, count).map((text) => text.trim());
}

describe('the grid of pictures', () => {
  it('is put in order by name, the other way round, and by label', async () => {
    const { page, engine } = session;
    const { paths } = await engine.call('library.samples', {});
    const names = paths.map((path) => path.replace(/^.*\//, '').replace(/\.\w+$/, ''));
    names.sort(new Intl.Collator('en', { numeric: true }).compare);
    await page.getByRole('combobox', { name: 'Order' }).selectOption('name');
    await expect.poll(() => firstNames(1)).toEqual(names.slice(0, 1));
    await page.getByRole('button', { name: 'The other way round' }).click();
    await expect.poll(() => firstNames(1)).toEqual(names.slice(-1));
    await page.getByRole('button', { name: 'The other way round' }).click();
    await page.getByRole('combobox', { name: 'Order' }).selectOption('label');
    await expect
      .poll(() => pictures().getByRole('button').first().getAttribute('title'))
      .toMatch(/^animal-bird\//);
  });

  it('shows what is known of the picture that is chosen, and lets go by Escape', async () => {
    const { page } = session;
    await page.keyboard.press('/');
    await page.keyboard.type('1f413__noto');
    const hen = pictures().getByRole('button').first();
    await expect.poll(() => pictures().getByRole('button').count()).toBe(1);
    await hen.click();
    await details().getByText('2 files').waitFor();
    const text = (await details().textContent()) ?? '';
    expect(text).toMatch(/animal-bird/);
    expect(text).toMatch(/48 × 48 px, PNG/);
    expect(text).toContain(join(session.folder, copied));
    expect(text).toContain(join(session.folder, 'copies/hen.png'));
    await shot('library-details');
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await details().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Filtered/ }).click();
  });

  it('takes one step of Tab and is walked by arrows; Enter makes the anchor', async () => {
    const { page } = session;
    const reachable = pictures().locator('button[tabindex="0"]');
    expect(await reachable.count()).toBe(1);
    await pictures().getByRole('button').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect(await reachable.count()).toBe(1);
    const name = ((await page.locator(':focus').textContent()) ?? '').trim();
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: new RegExp(`The anchor: .*${name}`) }).waitFor();
    await page.keyboard.press('1');
  });
});

describe('duplicates', () => {
  it('that are byte by byte the same are listed with their paths', async () => {
    const { page } = session;
    await page.getByRole('tab', { name: 'Duplicates 1', exact: true }).click();
    const list = page.getByRole('list', { name: 'Duplicates' });
    const text = await list.getByRole('listitem').textContent();
    expect(text).toContain(copied);
    expect(text).toContain('copies/hen.png');
    expect(await seriousViolations(page)).toEqual([]);
    await shot('library-duplicates');
  });

  it('that look the same are found in a run, judged the same, and that is taken back', async () => {
    const { page, engine } = session;
    await page.getByRole('tab', { name: 'Near-duplicates' }).click();
    await page.getByRole('button', { name: 'Look for near-duplicates' }).click();
    const groups = page.getByRole('list', { name: /near-duplicates$/ });
    const pair = groups.getByRole('listitem').first();
    await pair.getByRole('button', { name: /1f345__noto-again/ }).waitFor();
    await pair.getByRole('button', { name: 'Details of 1f345__noto', exact: true }).waitFor();
    const before = await groups.getByRole('listitem').count();
    await page.getByRole('slider', { name: /Largest distance/ }).fill('0.9');
    await expect.poll(() => groups.getByRole('listitem').count()).toBeGreaterThan(before);
    expect(await seriousViolations(page)).toEqual([]);
    await shot('library-near');
    await page.getByRole('slider', { name: /Largest distance/ }).fill('0.13');
    await expect.poll(() => groups.getByRole('listitem').count()).toBe(before);
    await pair.getByRole('button', { name: 'Same thing' }).click();
    await pair.getByText('the same thing').waitFor();
    const [verdict] = await engine.call('verdicts.list', {});
    expect(verdict).toMatchObject({ verdict: 'same', run: 1 });
    expect(verdict?.pair.map(({ path }) => path).sort()).toEqual(
      [again.replace('.png', '-again.webp'), again].sort(),
    );
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await pair.getByRole('button', { name: 'Same thing' }).waitFor();
    expect(await engine.call('verdicts.list', {})).toEqual([]);
    await page.keyboard.press('Control+Shift+z');
    await pair.getByText('the same thing').waitFor();
  });

  it('are all marked at once, and taken back by Ctrl+Z', async () => {
    const { page, engine } = session;
    const count = async () => (await engine.call('verdicts.list', {})).length;
    await page.getByRole('slider', { name: /Largest distance/ }).fill('0.9');
    await page.getByText(/0.90 × median/).waitFor();
    await page.getByRole('button', { name: 'All are the same thing' }).click();
    await page.getByText(/pairs marked as the same thing/).waitFor();
    const marked = await count();
    expect(marked).toBeGreaterThan(2);
    await page.getByRole('main').focus();
    await page.keyboard.press('Control+z');
    await expect.poll(count).toBe(1);
  });

  it('are offered to be judged one by one', async () => {
    const { page } = session;
    const groups = page.getByRole('list', { name: /near-duplicates$/ });
    const open = groups.getByRole('listitem').filter({ hasText: 'Same thing' }).first();
    await open.getByRole('button', { name: 'Judge' }).click();
    await page.getByRole('main', { name: 'review' }).getByText('Near-duplicates').first().waitFor();
    await page.getByRole('navigation', { name: 'Pages' }).getByText('Library').click();
  });
});
