import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { useAppSession } from './app-session.ts';
import { lookAt } from './look-at.ts';

/** Three folders of 36 pictures: an adapter's views of all would take minutes on a busy machine. */
const leftOut = ['animal-mammal', 'clothing', 'musical-instrument', 'plant-flower', 'sky-weather'];

const session = useAppSession({
  prepare: async ({ engine, folder }) => {
    for (const label of leftOut) await rm(join(folder, label), { recursive: true });
    await engine.call('library.open', { folder });
    await runToState(engine, 'scan', { folder, labels: 'folder' });
    const done = await runToState(engine, 'embed', { encoder: 'starter+hog', device: 'cpu' });
    expect(done.error).toBeNull();
  },
});

function button(name: string | RegExp): Locator {
  return session.page.getByRole('button', { name });
}

/** Four emoji by two vendors, and nine pairs of pictures of other emoji. */
async function pairsToJudge(): Promise<{ same: string[][]; different: string[][] }> {
  const { hashes, paths } = await session.engine.call('library.samples', {});
  const emoji = Map.groupBy(hashes.keys(), (at) => (paths[at] ?? '').split('__')[0] ?? '');
  const drawn = [...emoji.values()]
    .filter((pictures) => pictures.length === 2)
    .map((pictures) => pictures.map((at) => hashes[at] ?? ''));
  const different = Array.from({ length: 9 }, (_, index) => [
    drawn[4 + index]?.[0] ?? '',
    drawn[5 + index]?.[1] ?? '',
  ]);
  return { same: drawn.slice(0, 4), different };
}

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

it('says before any verdict what the training will be, and gives no estimate', async () => {
  const { page } = session;
  await button('Review').click();
  await page.getByRole('img', { name: /^The candidate/ }).waitFor();
  const train = button('Train an adapter on “starter+hog” with verdicts attracted');
  expect(await train.isDisabled()).toBe(true);
  await page.getByText('No pair is judged the same thing, or different, yet').waitFor();
  const missing = page.getByText(/^0 of the 12 judged pairs that an estimate needs.*Judge pairs/);
  await expect.poll(() => missing.count()).toBe(2);
  expect(await page.getByText('100.0 %').count()).toBe(0);
  await lookAt(page, 'starter-review-before');
});

it('trains an adapter on the starter encoder with few verdicts', async () => {
  const { page, engine } = session;
  const { same, different } = await pairsToJudge();
  for (const [one = '', other = ''] of same) {
    await engine.call('verdicts.set', { pair: [one, other], verdict: 'same' });
  }
  for (const [one = '', other = ''] of different) {
    await engine.call('verdicts.set', { pair: [one, other], verdict: 'different' });
  }
  await page.getByText('“starter+hog” was not trained here and stays as it is').waitFor();
  await page.getByText('0 of 4 groups judged the same will be held out').waitFor();
  await lookAt(page, 'starter-review-judged');
  await button('Train an adapter on “starter+hog” with verdicts attracted').click();
  const state = async () =>
    (await engine.call('runs.list', {})).find(
      ({ name }) => name === 'adapter on starter+hog, attracted',
    )?.state;
  await expect.poll(state, { timeout: 240_000 }).toBe('done');
});

it('tells whether it paid against the starter encoder, and is at one on what was held out', async () => {
  const { page } = session;
  await button('Compare').click();
  await page.getByRole('tab', { name: 'Did it pay?' }).click();
  await page
    .getByRole('heading', { name: 'No pair judged the same was held out, so this cannot be told' })
    .waitFor();
  const against = page.getByRole('combobox', { name: 'against' });
  expect(await against.locator('option:checked').textContent()).toBe(
    'starter+hog (what it was trained on)',
  );
  await page
    .getByText('Pairs held out: none of 4 judged the same, and 1 of 9 judged different.')
    .waitFor();
  const rows = page.getByRole('region', { name: 'The measures' }).getByRole('row');
  const held = await rows.filter({ hasText: 'Different, held out' }).textContent();
  expect(held).toContain('in 1 group, too few for intervals');
  expect(held).not.toMatch(/change|\(/);
  expect(await rows.filter({ hasText: 'Same, held out' }).count()).toBe(0);
  // What was attracted has a share below 0, with a word on it.
  await rows
    .filter({ hasText: 'Same, fed' })
    .getByText('below 0: drawn together, not pushed')
    .waitFor();
  await page.getByText('Intervals are of 95 %, and given from 10 groups on').waitFor();
  await lookAt(page, 'starter-paid');
});
