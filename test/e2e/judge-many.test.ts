import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';
import { searchAnchor } from './search-anchor.ts';

const session = useAppSession({ library: 'raw pixels' });
const anchorPath = 'animal-bird/1f413__noto.png';

const verdicts = () => session.engine.call('verdicts.list', {});
const button = (name: string | RegExp): Locator => session.page.getByRole('button', { name });
const combobox = (name: string): Locator => session.page.getByRole('combobox', { name });
const list = (name: string | RegExp): Locator => session.page.getByRole('list', { name });

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('several tiles of a bin', () => {
  beforeAll(() => searchAnchor(session.page, anchorPath));

  it('are selected by X or Ctrl and judged with the anchor at once, with the count before', async () => {
    const { page } = session;
    const tiles = list(/^easy negatives/).getByRole('button');
    await tiles.nth(0).click({ modifiers: ['ControlOrMeta'] });
    await tiles.nth(1).focus();
    await page.keyboard.press('x');
    await tiles.nth(2).focus();
    await page.keyboard.press('x');
    const many = page.getByRole('group', { name: 'Judge the selected easy negatives' });
    await many.getByText('Selected, each with the anchor: 3 pairs').waitFor();
    await page.keyboard.press('x');
    await many.getByText('2 pairs').waitFor();
    await page.keyboard.press('x');
    expect(await seriousViolations(page)).toEqual([]);
    await many.getByRole('button', { name: 'Different' }).click();
    await expect.poll(async () => (await verdicts()).length).toBe(3);
    const given = await verdicts();
    expect(given.every(({ verdict }) => verdict === 'different')).toBe(true);
    expect(given.every(({ pair }) => pair.some(({ path }) => path === anchorPath))).toBe(true);
    await page.keyboard.press('Control+z');
    await expect.poll(verdicts).toEqual([]);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(async () => (await verdicts()).length).toBe(3);
  });
});

describe('the history in Review', () => {
  it('is there after a reload, with search by label, change, removal and the way to the pair', async () => {
    const { page } = session;
    await page.reload();
    await button('Review').click();
    await page.getByRole('img', { name: /^The candidate/ }).waitFor();
    await page.getByRole('tab', { name: 'History 3' }).waitFor();
    const rows = list(/^All verdicts/).getByRole('listitem');
    expect(await rows.count()).toBe(3);
    expect(await rows.first().getAttribute('aria-setsize')).toBe('3');
    const search = page.getByRole('searchbox', { name: /^Verdicts whose/ });
    await search.fill('animal-bird');
    await page.getByText('3 verdicts', { exact: true }).waitFor();
    await search.fill('no such label');
    await page.getByText('No verdict passes this filter.').waitFor();
    await search.fill('');
    await rows
      .first()
      .getByRole('combobox', { name: /^Verdict on/ })
      .selectOption('same');
    await expect
      .poll(async () => (await verdicts()).filter(({ verdict }) => verdict === 'same').length)
      .toBe(1);
    await rows
      .last()
      .getByRole('button', { name: /^Delete the verdict/ })
      .click();
    await expect.poll(async () => (await verdicts()).length).toBe(2);
    await rows
      .first()
      .getByRole('button', { name: /^Look at/ })
      .click();
    await page.getByText('Judged: same thing.').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });
});

describe('the queue', () => {
  it('settles pairs of one label by a switch that the library keeps, and says how many', async () => {
    const { page, engine } = session;
    const asked = () => engine.call('verdicts.queue', { run: 'raw pixels', limit: 50 });
    const { settledByLabel } = await asked();
    const words = `${settledByLabel!.pairs} of ${settledByLabel!.of.toLocaleString('en')} pairs are settled so, and not asked.`;
    await page.getByText(words).waitFor();
    const box = page.getByRole('checkbox', { name: 'Same label = same thing' });
    expect(await box.isChecked()).toBe(true);
    await box.click();
    await page.getByText('Pairs of one label are asked like others.').waitFor();
    expect((await asked()).settledByLabel).toBeNull();
    await page.keyboard.press('Control+z');
    await page.getByText(words).waitFor();
  });

  it('is filtered by two labels, and says where no pair passes', async () => {
    const { page } = session;
    await page.getByText('Which pairs').click();
    const labels = await combobox('One label').getByRole('option').allTextContents();
    await combobox('One label').selectOption(labels[1]!);
    await combobox('Other label').selectOption(labels[2]!);
    const labelsOfPairs = async () => {
      const texts = await list('Pairs').getByRole('button').allTextContents();
      return [
        texts.length > 0,
        ...texts.map((text) => labels.slice(1, 3).every((one) => text.includes(one))),
      ];
    };
    await expect.poll(async () => (await labelsOfPairs()).every(Boolean)).toBe(true);
    expect(await seriousViolations(page)).toEqual([]);
    await combobox('In Explore').selectOption('both');
    await page.getByRole('heading', { name: 'No pairs' }).waitFor();
    await button('Look without the filter').click();
    await page.getByRole('img', { name: /^The candidate/ }).waitFor();
    expect(await combobox('One label').inputValue()).toBe('');
  });
});
