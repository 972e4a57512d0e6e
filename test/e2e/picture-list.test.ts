import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({ library: 'raw pixels' });

beforeAll(async () => {
  await session.page.getByRole('list', { name: /^Labels: click/ }).waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

const grid = (): Locator => session.page.getByRole('grid', { name: /^Pictures of the map/ });
const head = (name: string): Locator => grid().getByRole('columnheader', { name });
/** The row that a screen reader calls by this number, the head being the first. */
const rowAt = (index: number): Locator => grid().locator(`[aria-rowindex="${index}"]`);
const cells = (index: number): Promise<string[]> =>
  rowAt(index)
    .getByRole('gridcell')
    .allTextContents()
    .then((texts) => texts.map((text) => text.trim()));

/** Walks to a row by the keyboard. */
async function goTo(index: number): Promise<void> {
  await grid().locator('[role=row][tabindex="0"]').focus();
  await session.page.keyboard.press('Home');
  await expect.poll(() => rowAt(2).and(session.page.locator(':focus')).count()).toBe(1);
  for (let at = 2; at < index; at++) await session.page.keyboard.press('ArrowDown');
  await expect.poll(() => rowAt(index).and(session.page.locator(':focus')).count()).toBe(1);
}

async function column(column: number): Promise<string[]> {
  const count = Number(await grid().getAttribute('aria-rowcount')) - 1;
  const texts: string[] = [];
  await goTo(2);
  for (let index = 2; index < count + 2; index++) {
    await expect.poll(() => rowAt(index).count()).toBe(1);
    texts.push((await cells(index))[column] ?? '');
    if (index < count + 1) await session.page.keyboard.press('ArrowDown');
  }
  return texts;
}

describe('the list beside the map', () => {
  it('is reached by a key, and has every picture of the map by name', async () => {
    const { page } = session;
    await page.keyboard.press('t');
    await head('picture').getByRole('button').click();
    expect(await head('picture').getAttribute('aria-sort')).toBe('ascending');
    expect(await grid().getAttribute('aria-rowcount')).toBe('97');
    const names = await column(0);
    expect(names).toHaveLength(96);
    expect(names).toEqual([...names].sort(new Intl.Collator('en', { numeric: true }).compare));
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('makes a picture the anchor by Enter, says so, and sorts by similarity to it', async () => {
    const { page, engine } = session;
    await goTo(5);
    const [name = ''] = await cells(5);
    await page.keyboard.press('Enter');
    const news = page.getByRole('status').filter({ hasText: `Anchor: ${name}` });
    await expect.poll(() => news.textContent()).toMatch(/\d+ hard, \d+ false/);
    await head('similarity').getByRole('button').click();
    const { paths, hashes } = await engine.call('library.samples', {});
    const row = paths.findIndex((path) => path.includes(name));
    const explained = await engine.call('anchor.negatives', { run: 1, anchor: hashes[row] ?? '' });
    const { ids } = await engine.call('library.samples', {});
    const nearest = paths[ids.indexOf(explained.ids[0] ?? -1)] ?? '';
    await expect.poll(async () => nearest.includes((await cells(2))[0] ?? '-')).toBe(true);
    expect((await cells(2))[4]).toBe((explained.similarity[0] ?? 0).toFixed(3).replace(/^0/, ''));
    // The anchor itself has no similarity, so it comes last.
    await goTo(97);
    expect((await cells(97)).slice(0, 3)).toEqual([name, expect.any(String), 'anchor']);
  });

  it('keeps the focus on its picture while the order changes', async () => {
    const { page } = session;
    await goTo(4);
    const focusedName = async () =>
      ((await page.locator('[role=row]:focus').textContent()) ?? '').trim().split(/\s/)[0];
    const name = await focusedName();
    await page.keyboard.press('Enter');
    await page
      .getByRole('status')
      .filter({ hasText: `Anchor: ${name ?? ''}` })
      .waitFor({
        state: 'attached',
      });
    await expect.poll(focusedName).toBe(name);
  });

  it('selects by Space, keeps to the filters, and is there in both themes', async () => {
    const { page } = session;
    await page.keyboard.press(' ');
    expect(await page.locator('[role=row]:focus').getAttribute('aria-selected')).toBe('true');
    await page.getByText('1 picture selected').waitFor({ state: 'attached' });
    await page
      .getByRole('list', { name: /^Labels: click/ })
      .getByRole('button')
      .first()
      .click();
    await expect.poll(() => grid().getAttribute('aria-rowcount')).toBe('13');
    for (const theme of ['Light', 'Dark']) {
      await page.getByRole('button', { name: theme, exact: true }).click();
      expect(await seriousViolations(page)).toEqual([]);
      const folder = process.env['SHOTS'];
      if (folder) await page.screenshot({ path: `${folder}/list-${theme}.png` });
    }
    await page.keyboard.press('t');
    await grid().waitFor({ state: 'detached' });
  });
});
