import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';
import { searchAnchor } from './search-anchor.ts';

const session = useAppSession({ library: 'raw pixels' });
const anchorPath = 'animal-bird/1f413__noto.png';

function button(name: string | RegExp): Locator {
  return session.page.getByRole('button', { name });
}
const dialog = (): Locator => session.page.getByRole('dialog', { name: /selected$/ });
const within = (name: string): Locator => dialog().getByRole('button', { name, exact: true });
const marks = () => session.engine.call('pictures.marks', {});
const verdicts = () => session.engine.call('verdicts.list', {});
const undo = async (): Promise<void> => {
  await within('Undo').click();
  await dialog()
    .getByText(/^Taken back: /)
    .waitFor();
};

beforeAll(() => searchAnchor(session.page, anchorPath));

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('a selection', () => {
  it('is a whole bin, seen as a grid, and judged, labelled, tagged and left out of training', async () => {
    const { page, engine } = session;
    await button('all 11').click();
    await button('Select these 11…').click();
    await dialog().getByRole('listbox').or(dialog().getByRole('list')).first().waitFor();
    expect(await dialog().getAttribute('aria-label')).toBe('11 pictures selected');
    expect(await seriousViolations(page)).toEqual([]);
    await within('All are the same thing').click();
    await expect.poll(async () => (await verdicts()).length).toBe((11 * 10) / 2);
    await undo();
    await expect.poll(verdicts).toEqual([]);
    await within('Label by hand…').click();
    const labelling = page.getByRole('dialog', { name: 'Label 11 pictures' });
    await labelling.getByRole('textbox', { name: 'Label' }).fill('rooster');
    await labelling.getByRole('button', { name: 'Give this label' }).click();
    const byHand = async () => (await engine.call('labels.listByHand', {})).edits.length;
    await expect.poll(byHand).toBe(11);
    await undo();
    await expect.poll(byHand).toBe(0);
    await dialog().getByRole('combobox', { name: /^Tag/ }).fill('odd');
    await within('Tag all').click();
    await dialog().getByText('11 pictures tagged “odd”.').waitFor();
    await within('Leave out of training').click();
    await expect.poll(async () => (await marks()).leftOut.length).toBe(11);
    const [download] = await Promise.all([page.waitForEvent('download'), within('CSV').click()]);
    expect(download.suggestedFilename()).toMatch(/-selection\.csv$/);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(await page.getByRole('img', { name: `The anchor: ${anchorPath}` }).count()).toBe(0);
    await button('all bins').click();
    await page.getByRole('img', { name: `The anchor: ${anchorPath}` }).waitFor();
  });

  it('is what the list has, with rank, share and evidence of each', async () => {
    const { page } = session;
    await page
      .getByRole('group', { name: 'Map or list of the pictures' })
      .getByLabel('List')
      .click();
    const grid = page.getByRole('grid', { name: /^Pictures of the map/ });
    await grid.waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe('12');
    const heads = await grid.getByRole('columnheader').allTextContents();
    expect(heads.map((text) => text.trim())).toEqual([
      ...['picture', 'label', 'bin', 'rank', 'similarity', 'share', 'evidence', 'verdict'],
    ]);
    await grid.getByRole('columnheader', { name: 'rank' }).getByRole('button').click();
    const cells = await grid.locator('[aria-rowindex="2"]').getByRole('gridcell').allTextContents();
    expect(cells.map((text) => text.trim())[2]).toBe('false');
    expect(cells[6]).toContain('label');
    await page.getByRole('checkbox', { name: /^only the 11 selected/ }).click();
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('97');
  });

  it('is found again by its tag, and the training form counts without it', async () => {
    const { page } = session;
    const grid = page.getByRole('grid', { name: /^Pictures of the map/ });
    await page.getByRole('list', { name: /^Tags/ }).getByRole('button', { name: /^odd/ }).click();
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('12');
    await button('Train').first().click();
    await page.getByText('11 pictures left out of training by hand.').waitFor();
  });
});
