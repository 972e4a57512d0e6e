import { afterEach, beforeAll, expect, it } from 'vitest';
import { useAppSession } from './app-session.ts';

const session = useAppSession({ library: 'raw pixels' });

beforeAll(async () => {
  await session.page.getByRole('application').waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

/** Which element has the focus, in a word or two. */
async function focused(): Promise<string> {
  return session.page.evaluate<string>(
    `(document.activeElement.getAttribute('aria-roledescription') ?? document.activeElement.textContent).trim()`,
  );
}

/** Presses Tab from the top of the page until the map has the focus. */
async function stopsToTheMap(): Promise<number> {
  const { page } = session;
  await page.evaluate('document.activeElement.blur()');
  let stops = 0;
  do {
    await page.keyboard.press('Tab');
    stops += 1;
  } while ((await focused()) !== 'map' && stops < 100);
  return stops;
}

it('skips to the map by the second stop of the Tab key', async () => {
  const { page } = session;
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to the page');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to the map');
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('map');
});

it('stops once at each list on the way there, however long it is', async () => {
  const labels = session.page.getByRole('list', { name: /^Labels: click/ }).getByRole('button');
  expect(await labels.count()).toBe(8);
  // Two links, the library, search, three themes, six in the rail, import, export, runs, labels,
  // splitter: 17.
  expect(await stopsToTheMap()).toBeLessThanOrEqual(18);
});

it('goes through a list by arrows, and comes back to where it was', async () => {
  const { page } = session;
  const labels = page.getByRole('list', { name: /^Labels: click/ }).getByRole('button');
  await labels.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await labels.nth(2).evaluate('(one) => one === document.activeElement')).toBe(true);
  await page.keyboard.press('End');
  expect(await labels.last().evaluate('(one) => one === document.activeElement')).toBe(true);
  await page.keyboard.press('ArrowDown');
  expect(await labels.last().evaluate('(one) => one === document.activeElement')).toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  expect(await labels.last().evaluate('(one) => one === document.activeElement')).toBe(true);
});

it('finds an anchor without filtering its bins by what was searched', async () => {
  const { page } = session;
  await page.keyboard.press('/');
  await page.keyboard.type('1f413__noto');
  await page.getByText(/of 96 pass the filters/).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: /The anchor: .*1f413__noto/ }).waitFor();
  await page.getByText(/pass the filters/).waitFor({ state: 'detached' });
  expect(await page.getByRole('combobox', { name: /^Search pictures/ }).inputValue()).toBe('');
});

it('shows the whole of a text that is cut off, when it is pointed at', async () => {
  const { page } = session;
  await page.setViewportSize({ width: 960, height: 600 });
  const counts = page.locator('.counts');
  await page.evaluate(`document.querySelector('.counts').title = ''`);
  await counts.hover();
  expect(await counts.getAttribute('title')).toBe('96 pictures · 8 labels');
});
