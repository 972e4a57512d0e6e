import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({
  library: 'one training',
  prepare: async ({ engine }) => {
    await runToState(engine, 'map', { run: 'simclr', seed: 1 });
    const { paths } = await engine.call('library.samples', {});
    const [a = '', b = '', c = ''] = paths;
    await engine.call('verdicts.set', { pair: [a, b], verdict: 'same' });
    await engine.call('verdicts.set', { pair: [a, c], verdict: 'different' });
  },
});

function button(name: string | RegExp): Locator {
  return session.page.getByRole('button', { name });
}

/** How many pictures the filters keep, by what the Library page lists; back in the explorer after. */
async function keptCount(): Promise<number> {
  const { page } = session;
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('button', { name: 'Library' }).click();
  const text = await page.getByRole('tab', { name: /^Pictures/ }).textContent();
  await pages.getByRole('button', { name: 'Explore' }).click();
  return Number(/\d+/.exec(text ?? '')?.[0]);
}

async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder) await session.page.screenshot({ path: `${folder}/${name}.png` });
}

beforeAll(async () => {
  await button(/^simclr/).waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('the filters of the map', () => {
  it('keep a range of a number, set by the keyboard, as the ledger has it', async () => {
    const { page, engine } = session;
    const { loss } = await engine.call('runs.pictureNumbers', { run: 'simclr' });
    const sorted = [...loss].sort((a, b) => a - b);
    // All but the outermost hundredth on either side: of 96 that is nobody.
    const [low = 0, high = 0] = [sorted[0], sorted.at(-1)];
    const handle = page.getByRole('slider', { name: 'Smallest loss' });
    await handle.focus();
    for (let step = 0; step < 16; step++) await page.keyboard.press('ArrowRight');
    const middle = low + (high - low) / 2;
    const expected = loss.filter((value) => value >= middle).length;
    expect(expected).toBeGreaterThan(5);
    expect(expected).toBeLessThan(90);
    expect(await keptCount()).toBe(expected);
  });

  it('show in the histogram of another number what this one leaves', async () => {
    const { page } = session;
    const bars = page.getByRole('group', { name: 'hardness' }).locator('rect.matching');
    const heights = async (): Promise<number> => {
      const all = await Promise.all((await bars.all()).map((bar) => bar.getAttribute('height')));
      return all.reduce((sum, height) => sum + Number(height), 0);
    };
    const narrowed = await heights();
    await page.keyboard.press('Escape');
    await expect.poll(heights).toBeGreaterThan(narrowed);
    expect(await keptCount()).toBe(96);
  });

  it('take a range that is dragged over the histogram', async () => {
    const { page } = session;
    const histogram = page.getByRole('group', { name: 'hardness' }).locator('svg');
    const box = await histogram.boundingBox();
    if (!box) throw new Error('The histogram is not on screen.');
    const at = (part: number): [number, number] => [
      box.x + box.width * part,
      box.y + box.height / 2,
    ];
    await page.mouse.move(...at(0.25));
    await page.mouse.down();
    await page.mouse.move(...at(0.5), { steps: 4 });
    await page.mouse.up();
    const ends = ['Smallest hardness', 'Largest hardness'].map((name) =>
      page.getByRole('slider', { name }).inputValue(),
    );
    expect(await Promise.all(ends)).toEqual(['8', '16']);
    expect(await keptCount()).toBeLessThan(96);
    await shot('filters-range');
    await page
      .getByRole('region', { name: /^Numbers of epoch 2/ })
      .getByText('show all')
      .click();
  });

  it('keep what was judged the same, from the legend', async () => {
    const { page } = session;
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('verdict');
    const legend = page.getByRole('list', { name: 'Legend' });
    await legend.getByRole('button', { name: 'same thing' }).click();
    expect(await keptCount()).toBe(2);
    await legend.getByRole('button', { name: 'only different' }).click();
    expect(await keptCount()).toBe(3);
    await page.keyboard.press('Escape');
    expect(await keptCount()).toBe(96);
  });

  it('keep a bin of the anchor, as many as the legend counts', async () => {
    const { page } = session;
    await page.keyboard.press('/');
    await page.keyboard.type('animal-bird 1f413__noto');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('bin');
    const search = page.getByRole('combobox', { name: /^Search pictures/ });
    await search.focus();
    await page.keyboard.press('Escape');
    const entry = page
      .getByRole('list', { name: 'Legend' })
      .getByRole('button', { name: /^false/ });
    const count = Number(/\d+/.exec((await entry.textContent()) ?? '')?.[0]);
    await entry.click();
    // All 11 others of its label: that one is different through a single chain of verdicts decides nothing.
    expect(count).toBe(11);
    expect(await keptCount()).toBe(count);
    await page.keyboard.press('Escape');
  });
});

describe('the colours of the map', () => {
  it.each(['Dark', 'Light'])('tell a number, in %s', async (theme) => {
    const { page } = session;
    await button(theme).click();
    for (const [value, name] of [
      ['loss', 'loss'],
      ['sameLabelShare', 'same-label share'],
    ] as const) {
      await page.getByRole('combobox', { name: 'Colour by' }).selectOption(value);
      const onMap = page.getByRole('region', { name: 'Map' }).getByText(name);
      await onMap.filter({ visible: true }).first().waitFor();
      await shot(`colours-${value}-${theme}`);
    }
    expect(await seriousViolations(page)).toEqual([]);
  });
});
