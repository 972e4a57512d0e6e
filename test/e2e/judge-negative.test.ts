import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useAppSession } from './app-session.ts';
import { searchAnchor } from './search-anchor.ts';

const session = useAppSession({ library: 'raw pixels' });
const anchorPath = 'animal-bird/1f413__noto.png';

function button(name: string | RegExp): Locator {
  return session.page.getByRole('button', { name });
}

beforeAll(() => searchAnchor(session.page, anchorPath));

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('a negative', () => {
  it('is judged by keys where the details have the focus, seen whole beside the anchor', async () => {
    const { page, engine } = session;
    const kinds = async () =>
      (await engine.call('verdicts.list', {})).map(({ verdict }) => verdict);
    const tile = page.getByRole('list', { name: 'false negatives' }).getByRole('button').first();
    await tile.click();
    const details = page.getByRole('region', { name: /^The negative / });
    const boxes = await Promise.all(
      ['Anchor', 'Negative'].map(async (role) => {
        const image = details.getByRole('img', { name: new RegExp(`^${role} to judge`) });
        return await image.boundingBox();
      }),
    );
    const fits = await page.evaluate<string[]>(
      "[...document.querySelectorAll('[data-judged-here] img')].map((image) => getComputedStyle(image).objectFit)",
    );
    expect(fits).toEqual(['contain', 'contain']);
    for (const box of boxes) {
      expect(box!.width).toBeGreaterThan(150);
      expect(box!.height).toBeGreaterThan(150);
      expect(box!.y).toBe(boxes[0]!.y);
    }
    await page.keyboard.press('t');
    await page.getByText(/^“.*” and “.*”: judged different\.$/).waitFor();
    await expect.poll(kinds).toEqual(['different']);
    // The pair left the bin of false negatives at once, and the details say so.
    await expect.poll(() => details.locator('header p').textContent()).not.toContain('false');
    await page.getByRole('button', { name: 'Map', exact: true }).focus();
    await page.keyboard.press('t');
    await page.getByRole('grid', { name: /^Pictures of the map/ }).waitFor();
    await page.keyboard.press('t');
    expect(await kinds()).toEqual(['different']);
    await page.keyboard.press('Control+z');
    await page.getByText(/^Taken back: the verdict on/).waitFor();
    await expect.poll(kinds).toEqual([]);
    await page.keyboard.press('Escape');
    await details.waitFor({ state: 'detached' });
  });

  it('stays, and its anchor, when Escape closes a dialog over it', async () => {
    const { page } = session;
    const tile = page.getByRole('list', { name: 'false negatives' }).getByRole('button').first();
    await tile.click();
    const details = page.getByRole('region', { name: /^The negative / });
    await details.waitFor();
    await button('Export…').click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await details.isVisible()).toBe(true);
    expect(await page.getByRole('img', { name: `The anchor: ${anchorPath}` }).isVisible()).toBe(
      true,
    );
    await button('Close the details').click();
    await details.waitFor({ state: 'detached' });
  });
});
