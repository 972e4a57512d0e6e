import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useAppSession } from './app-session.ts';

const session = useAppSession({ library: 'raw pixels' });

beforeAll(async () => {
  const { page } = session;
  await anchorImage('').waitFor({ state: 'detached' });
  await page.getByRole('list', { name: /^Labels/ }).waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

function anchorImage(name: string): Locator {
  return session.page.getByRole('img', { name: new RegExp(`The anchor: .*${name}`) });
}

function filter(label: string): Locator {
  const labels = session.page.getByRole('list', { name: /^Labels: click/ });
  return labels.getByRole('button', { name: new RegExp(`^${label}`) });
}

const isPressed = (button: Locator) => button.getAttribute('aria-pressed');
const temperature = () => session.page.getByRole('slider', { name: /^temperature/ });

async function search(words: string): Promise<void> {
  const { page } = session;
  await page.keyboard.press('/');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

/** Waits until the engine knows what the window is to remember. */
async function isRemembered(part: RegExp): Promise<void> {
  await expect
    .poll(async () => {
      const entries = await session.engine.call('window.recall', {});
      return entries.find(({ key }) => key.startsWith('view.'))?.text;
    })
    .toMatch(part);
}

describe('after a restart', () => {
  it('shows the same page, anchor, filters, colours, knobs and sizes', async () => {
    const { page } = session;
    await search('1f413__noto');
    await anchorImage('1f413__noto').waitFor();
    // What was found is no filter any more; what is typed and not entered is one.
    await page.keyboard.press('/');
    await page.keyboard.type('noto');
    await page.getByText(/pass the filters/).waitFor();
    await filter('food-fruit').click();
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('label');
    await temperature().fill('0.2');
    const splitter = page.getByRole('separator', { name: /anchor panel/ });
    await splitter.press('ArrowLeft');
    const width = await splitter.getAttribute('aria-valuenow');
    await page.getByRole('button', { name: 'Dark', exact: true }).click();
    await page.reload();
    await anchorImage('1f413__noto').waitFor();
    expect(await isPressed(filter('food-fruit'))).toBe('true');
    expect(await page.getByRole('combobox', { name: 'Colour by' }).inputValue()).toBe('label');
    expect(Number(await temperature().inputValue())).toBeCloseTo(0.2, 5);
    expect(await splitter.getAttribute('aria-valuenow')).toBe(width);
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await page.getByRole('textbox', { name: /^Search/ }).count()).toBe(0);
    expect(await page.getByRole('combobox', { name: /^Search/ }).inputValue()).toBe('noto');
  });

  it.each([
    ['2', 'train'],
    ['4', 'review'],
  ])(
    'comes back to the page of key %s when it is loaded again, with its anchor',
    async (key, name) => {
      const { page } = session;
      await page.getByRole('main').focus();
      await page.keyboard.press(key);
      await page.getByRole('main', { name }).waitFor();
      await isRemembered(new RegExp(`"page":"${name}"`));
      expect(page.url()).toContain('anchor=');
      await page.reload();
      await page.getByRole('main', { name: /^(?!Welcome)/ }).waitFor();
      await page.getByText('Nothing is running').waitFor();
      expect(await page.getByRole('main').getAttribute('aria-label')).toBe(name);
      await page.keyboard.press('3');
      await anchorImage('1f413__noto').waitFor();
    },
  );

  it('does so in another browser too, and goes to the page that was left', async () => {
    const { page } = session;
    await page.keyboard.press('2');
    await page.getByRole('main', { name: 'train' }).waitFor();
    await isRemembered(/"page":"train"/);
    const address = page.url();
    // The other browser is given the token, too, as the printed address has it.
    await page.evaluate(`
      const token = localStorage.getItem('negatoscope-token');
      localStorage.clear();
      localStorage.setItem('negatoscope-token', token);
    `);
    await page.goto('about:blank');
    await page.goto(address.replace(/&?anchor=[0-9a-f]+/, '').replace(/&?run=\d+/, ''));
    await page.getByRole('main', { name: 'train' }).waitFor();
    await page.keyboard.press('3');
    await anchorImage('1f413__noto').waitFor();
    expect(await isPressed(filter('food-fruit'))).toBe('true');
  });

  it('follows a link all the same', async () => {
    const { page, engine } = session;
    const { hashes, paths } = await engine.call('library.samples', {});
    const linked = paths.findIndex((path) => path.includes('1f34b'));
    await page.keyboard.press('2');
    await page.getByRole('main', { name: 'train' }).waitFor();
    const address = page.url().replace(/anchor=[0-9a-f]+/, `anchor=${hashes[linked] ?? ''}`);
    await page.goto('about:blank');
    await page.goto(address);
    await page.getByRole('main', { name: 'explore' }).waitFor();
    await anchorImage('1f34b').waitFor();
  });
});

describe('changes', () => {
  const undo = () => session.page.keyboard.press('Control+z');
  const redo = () => session.page.keyboard.press('Control+Shift+z');

  it('of filters and knobs are taken back and made again, each by itself', async () => {
    const { page } = session;
    await page.keyboard.press('Escape');
    expect(await isPressed(filter('food-fruit'))).toBe('false');
    // Changes within 800 ms are one.
    await page.clock.install();
    await page.clock.fastForward(900);
    await filter('clothing').click();
    await page.clock.fastForward(900);
    await temperature().fill('0.9');
    await expect.poll(() => temperature().inputValue()).toBe('0.9');
    await page.getByRole('main').focus();
    await undo();
    await page.getByText('Taken back: the knobs.').waitFor();
    await expect.poll(async () => Number(await temperature().inputValue())).toBeCloseTo(0.2, 5);
    expect(await isPressed(filter('clothing'))).toBe('true');
    await undo();
    await expect.poll(() => isPressed(filter('clothing'))).toBe('false');
    await undo();
    await expect.poll(() => isPressed(filter('food-fruit'))).toBe('true');
    await redo();
    await redo();
    await expect.poll(() => isPressed(filter('clothing'))).toBe('true');
    expect(await isPressed(filter('food-fruit'))).toBe('false');
    await undo();
  });

  it('of pins and of the rule for labels are taken back', async () => {
    const { page, engine } = session;
    await page.keyboard.press('p');
    const pins = page.getByRole('button', { name: /^Unpin/ });
    await pins.first().waitFor();
    await undo();
    await page.getByText('Taken back: the pins.').waitFor();
    await pins.first().waitFor({ state: 'detached' });
    await page.keyboard.press('1');
    await page.getByRole('button', { name: /^Change the labels of/ }).click();
    await page.getByRole('radio', { name: /^none/ }).click();
    await page.getByRole('button', { name: 'Use this rule' }).click();
    await page.getByText('96 pictures · 0 labels').waitFor();
    await undo();
    await page.getByText('96 pictures · 8 labels').waitFor();
    expect((await engine.call('library.status', {})).labels).toHaveLength(8);
  });
});
