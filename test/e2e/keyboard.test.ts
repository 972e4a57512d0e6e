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

/** Presses Tab from the top of the page, loaded anew, until the map has the focus. */
async function stopsToTheMap(): Promise<number> {
  const { page } = session;
  await page.reload();
  await page.getByRole('list', { name: /^Labels: click/ }).waitFor();
  await page.getByRole('application').waitFor();
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
  // Before the map come two links, library, search, three themes, six in the rail, import, export, and
  // one each for runs, labels and the splitter: 18.
  expect(await stopsToTheMap()).toBeLessThanOrEqual(19);
});

it('goes through a list by arrows, and comes back to where it was', async () => {
  const { page } = session;
  const labels = page.getByRole('list', { name: /^Labels: click/ }).getByRole('button');
  const names = (await labels.allTextContents()).map((name) => name.trim());
  await labels.first().focus();
  const after = async (key: string): Promise<string> => {
    await page.keyboard.press(key);
    return focused();
  };
  expect(await after('ArrowDown')).toBe(names[1]);
  expect(await after('ArrowDown')).toBe(names[2]);
  expect(await after('ArrowUp')).toBe(names[1]);
  expect(await after('End')).toBe(names.at(-1));
  expect(await after('ArrowDown')).toBe(names.at(-1));
  expect(names).not.toContain(await after('Tab'));
  expect(await after('Shift+Tab')).toBe(names.at(-1));
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
  // The next key is for the page, and not typed into the box.
  await page.keyboard.press('1');
  await page.getByRole('main', { name: 'library' }).waitFor();
});

it('shows the whole of a text that is cut off, when it is pointed at', async () => {
  const { page } = session;
  const counts = page.locator('.counts');
  const narrow = `const { style } = Object.assign(document.querySelector('.counts'), { title: '' });
    style.flex = '0 0 40px'`;
  await page.evaluate(narrow);
  await counts.hover();
  expect(await counts.getAttribute('title')).toBe('96 pictures · 8 labels');
});
