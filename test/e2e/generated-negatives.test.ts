import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { useAppSession } from './app-session.ts';
import { lookAt } from './look-at.ts';
import { troublesBySize } from './window-sizes.ts';

const session = useAppSession({
  library: 'no runs',
  prepare: async ({ engine }) => {
    const training = { epochs: 3, batch: 32, size: 16, device: 'cpu', ledgerSize: 8, seed: 2 };
    const named = { ...training, name: 'generating', objective: 'negcut' };
    const settings = { generatedUse: 'beside', temperature: 0.5, generatorRate: 0.002 };
    expect(await runToState(engine, 'train', { ...named, settings })).toMatchObject({
      state: 'done',
    });
    expect(await runToState(engine, 'train', { ...training, name: 'plain' })).toMatchObject({
      state: 'done',
    });
    await runToState(engine, 'map', { run: 'generating', seed: 1 });
    await runToState(engine, 'map', { run: 'plain', seed: 1 });
  },
});
const anchorPath = 'animal-bird/1f413__noto.png';

function near(): Locator {
  return session.page.getByRole('list', { name: 'Pictures nearest to the generated negatives' });
}

it('shows an anchor’s generated negatives by the real pictures nearest to them', async () => {
  const { page, engine } = session;
  const { hashes, paths } = await engine.call('library.samples', {});
  const hash = hashes[paths.indexOf(anchorPath)] ?? '';
  await page.reload();
  await page.getByRole('button', { name: /^generating/ }).waitFor();
  await page.evaluate(`location.hash = '#anchor=${hash.slice(0, 16)}&run=1'`);
  await page.getByRole('img', { name: `The anchor: ${anchorPath}` }).waitFor();
  const heading = page.getByRole('heading', { name: 'Generated negatives' });
  await heading.scrollIntoViewIfNeeded();
  const made = await engine.call('anchor.generated', { run: 1, anchor: hash });
  const tiles = near().getByRole('button');
  expect(await tiles.count()).toBe(Math.min(12, new Set(made.ids).size));
  const counted = new Map<number, number>();
  for (const id of made.ids) counted.set(id, (counted.get(id) ?? 0) + 1);
  const most = Math.max(...counted.values());
  const first = tiles.first();
  expect(await first.getAttribute('title')).toContain(`nearest to ${most} of 32 generated`);
  const text =
    (await page.getByRole('region', { name: 'Generated negatives' }).textContent()) ?? '';
  expect(text).toMatch(/(Harder than all|Easier than all|hardest of) 95 real negatives/);
  // 2 · (32 − 1) in the batch, and as many generated.
  expect(text).toContain('a step of the training made 62 for each picture');
  await tiles.last().scrollIntoViewIfNeeded();
  await lookAt(page, 'generated-negatives');
  expect(await troublesBySize(page, 'generated negatives', ['least', 'usual'])).toEqual([]);

  // By the keyboard: a picture of the strip becomes the anchor.
  const name = ((await first.getAttribute('title')) ?? '').split(':')[0]!;
  await first.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: new RegExp(`^The anchor: .*${name}`) }).waitFor();
  await heading.waitFor();
});

it('shows none of a run without a generator, and what the training recorded of their share', async () => {
  const { page } = session;
  await page.getByRole('radio', { name: 'In training' }).check({ force: true });
  await page.getByText('share on synthetic negatives').waitFor();
  await page.getByRole('button', { name: /^plain/ }).click();
  await page.getByText('share on synthetic negatives').waitFor({ state: 'hidden' });
  await page.getByRole('radio', { name: 'Whole library' }).check({ force: true });
  await page.getByRole('heading', { name: /^Nearest neighbours/ }).waitFor();
  expect(await page.getByRole('heading', { name: 'Generated negatives' }).count()).toBe(0);
});

it('is an objective that Train fills in, with its settings', async () => {
  const { page } = session;
  await page
    .getByRole('button', { name: /^Train/ })
    .first()
    .click();
  await page.getByRole('radio', { name: /^NEGCUT/ }).check({ force: true });
  await page.getByText('Hidden width of the generator').waitFor();
  for (const label of ['Noise dimension', 'Diversity weight', 'Momentum of its features']) {
    expect(await page.getByText(label).count()).toBeGreaterThan(0);
  }
  const use = page.getByRole('combobox', { name: /Generated ones stand/ });
  expect(await use.inputValue()).toBe('replace');
  await use.selectOption('beside');
  await use.scrollIntoViewIfNeeded();
  await lookAt(page, 'train-negcut');
  expect(await troublesBySize(page, 'train negcut', ['least', 'usual'])).toEqual([]);
});
