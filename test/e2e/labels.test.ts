import { cp, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { runToState } from '../contract/wait-for-job.ts';
import { useAppSession } from './app-session.ts';
import { lookAt } from './look-at.ts';

/** `train` and `val` with the 8 classes each, 8 and 4 pictures of each. */
const session = useAppSession({ prepare: ({ folder }) => intoSplits(folder) });
const birds = 'train/animal-bird';

async function intoSplits(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const pictures = (await readdir(join(folder, name))).sort();
    for (const [index, picture] of pictures.entries()) {
      const to = join(folder, index < 8 ? 'train' : 'val', name);
      await mkdir(to, { recursive: true });
      await rename(join(folder, name, picture), join(to, picture));
    }
  }
  const [bird = ''] = (await readdir(join(folder, birds))).sort();
  await cp(join(folder, birds, bird), join(folder, 'train/food-fruit', bird));
  const [hat = ''] = (await readdir(join(folder, 'train/clothing'))).sort();
  await cp(join(folder, 'train/clothing', hat), join(folder, 'val/clothing', hat));
}

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

const dialog = (): Locator => session.page.getByRole('dialog');
const button = (name: string | RegExp): Locator => session.page.getByRole('button', { name });
const counts = (text: string): Promise<void> => session.page.getByText(text).waitFor();

/** Looks at the page at the desktop's smallest size and at a usual one. */
async function lookAtSizes(name: string): Promise<void> {
  const { page } = session;
  for (const [width, height] of [
    [960, 600],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await lookAt(page, `${name}-${width}`);
  }
}

describe('before the scan', () => {
  it('the rule is proposed with its reason and a preview, and can be changed', async () => {
    const { page, folder } = session;
    await button(/^Choose a folder…/).click();
    await dialog().getByLabel('Folder on the engine’s machine').fill(folder);
    await dialog().getByRole('button', { name: 'Look and choose…' }).click();
    await dialog()
      .getByText(/Proposed: the deepest folder/)
      .waitFor();
    await dialog()
      .getByText(/train and val are splits, not classes/)
      .waitFor();
    expect(
      await dialog()
        .getByRole('radio', { name: /^the deepest folder/ })
        .isChecked(),
    ).toBe(true);
    const classes = dialog().getByRole('region', { name: 'Classes by this rule' });
    expect(await classes.getByRole('listitem').count()).toBe(8);
    expect(await classes.getByRole('listitem').first().textContent()).toMatch(/clothing\s*13/);
    await lookAtSizes('labels-before');
    await dialog()
      .getByRole('radio', { name: /^the folder at level 1/ })
      .click();
    expect(await classes.getByRole('listitem').count()).toBe(2);
    await dialog()
      .getByRole('radio', { name: /^the deepest folder/ })
      .click();
    await dialog().getByRole('button', { name: 'Open this folder' }).click();
    await counts('96 pictures · 8 labels');
    await page.getByText('1 picture in folders of different labels').waitFor();
  });
});

describe('the Library', () => {
  it('has splits beside labels, and filters by them', async () => {
    const { page } = session;
    const splits = page.getByRole('list', { name: 'Splits: show only these' });
    expect(
      (await splits.getByRole('listitem').allTextContents()).map((text) =>
        text.replace(/\s+/g, ' ').trim(),
      ),
    ).toEqual(['train 64', 'val 33']);
    await splits.getByRole('button', { name: /^val/ }).click();
    await page.getByRole('tab', { name: 'Pictures 32' }).waitFor();
    await button(/^Filtered/).click();
    await page.getByText(/^Labels: the deepest folder/).waitFor();
    await lookAtSizes('labels-library');
  });

  it('lists a picture with two labels and one in two splits; a button decides, undo takes it back', async () => {
    const { page, engine } = session;
    await page.getByRole('tab', { name: 'Label conflicts 2' }).click();
    const conflicts = page.getByRole('list', { name: 'Pictures with different labels' });
    const text = (await conflicts.textContent()) ?? '';
    expect(text).toContain('train/animal-bird/');
    expect(text).toContain('train/food-fruit/');
    expect(
      await page.getByRole('list', { name: 'Pictures in several splits' }).textContent(),
    ).toMatch(/train, val.*train\/clothing\/.*val\/clothing\//s);
    await lookAtSizes('labels-conflicts');
    await conflicts.getByRole('button', { name: 'animal-bird', exact: true }).click();
    await conflicts.waitFor({ state: 'detached' });
    expect((await engine.call('library.status', {})).labelConflicts).toBe(0);
    await page.getByText('1 picture labelled by hand').waitFor();
    await page.keyboard.press('Control+z');
    await conflicts.getByRole('button', { name: 'Both' }).waitFor();
    expect((await engine.call('labels.listByHand', {})).edits).toEqual([]);
    await conflicts.getByRole('button', { name: 'animal-bird', exact: true }).click();
    await page.getByRole('tab', { name: 'Label conflicts 1' }).waitFor();
  });

  it('labels one picture by hand, with several labels, and says so', async () => {
    const { page } = session;
    await page.getByRole('tab', { name: /^Pictures/ }).click();
    await page.keyboard.press('/');
    await page.keyboard.type('val sky');
    await page.getByRole('list', { name: 'Pictures' }).getByRole('button').first().click();
    const details = page.getByRole('complementary', { name: /^Details/ });
    await details.getByText('sky-weather').first().waitFor();
    expect(await details.textContent()).toMatch(/Split\s*val/);
    await details.getByRole('button', { name: 'Label this picture' }).click();
    await dialog().getByRole('textbox', { name: 'Label' }).fill('sun');
    await page.keyboard.press('Enter');
    await dialog().getByRole('textbox', { name: 'Label' }).fill('sky');
    await dialog().getByRole('button', { name: 'sky-weather', exact: true }).click();
    await lookAtSizes('labels-by-hand');
    await dialog().getByRole('button', { name: 'Give these labels' }).click();
    await details.getByText('by hand').waitFor();
    expect(await details.textContent()).toMatch(/sky-weather\s*sun.*Folder says\s*sky-weather/s);
    await counts('96 pictures · 9 labels');
    await lookAtSizes('labels-details');
    await button(/^Filtered/).click();
    const labels = page.getByRole('list', { name: 'Labels: show only these' });
    for (const label of ['sun', 'sky-weather']) {
      await labels.getByRole('button', { name: new RegExp(`^${label}`) }).click();
      await page.getByRole('tab', { name: `Pictures ${label === 'sun' ? 1 : 12}` }).waitFor();
      await button(/^Filtered/).click();
    }
    await details.getByRole('button', { name: 'Label this picture' }).click();
    await dialog().getByRole('button', { name: 'As its folder says' }).click();
    await counts('96 pictures · 8 labels');
    await details.getByText('by hand').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
  });

  it('exports labels by hand and takes them in again, with undo', async () => {
    const { page, engine } = session;
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'By hand', exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/-labels-by-hand\.csv$/);
    const { paths } = await engine.call('library.samples', {});
    const name = paths.find((path) => path.startsWith('val/clothing/')) ?? '';
    await page.getByLabel('A file of labels: CSV, TSV, TXT or JSON').setInputFiles({
      name: 'mine.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`path,label\n${name},scarf|wool\nlost.png,nothing\n`),
    });
    await page
      .getByText(
        /1 picture labelled by hand, 0 labelled so already, 1 row of no picture here: lost\.png/,
      )
      .waitFor();
    await counts('96 pictures · 10 labels');
    await page.getByRole('main').focus();
    await page.keyboard.press('Control+z');
    await counts('96 pictures · 8 labels');
  });

  it('changes the rule of a folder without a scan, and takes that back', async () => {
    const { page, engine, folder } = session;
    await button(`Change the labels of ${folder}`).click();
    await dialog()
      .getByText(/Splits: train \(65\), val \(33\)/)
      .waitFor();
    const classes = dialog().getByRole('region', { name: 'Classes by this rule' });
    expect(await classes.getByRole('img').count()).toBeGreaterThanOrEqual(35);
    await lookAtSizes('labels-rule');
    await dialog()
      .getByRole('radio', { name: /^the folder at level 1/ })
      .click();
    await dialog().getByRole('button', { name: 'Use this rule' }).click();
    await page.getByText(/^Labels: the folder at level 1/).waitFor();
    // The bird in two folders of one split has no conflict now; the label by hand stays.
    await counts('96 pictures · 3 labels');
    expect((await engine.call('jobs.list', {})).filter(({ kind }) => kind === 'scan')).toHaveLength(
      1,
    );
    await page.keyboard.press('Control+z');
    await counts('96 pictures · 8 labels');
  });

  it('takes labels from a file that is chosen', async () => {
    const { page, engine, folder } = session;
    const { hashes } = await engine.call('library.samples', {});
    await writeFile(
      join(folder, 'labels.json'),
      JSON.stringify({ [hashes[20] ?? '']: 'from a file' }),
    );
    await button(`Change the labels of ${folder}`).click();
    await dialog()
      .getByRole('radio', { name: /^in a file/ })
      .click();
    await dialog()
      .getByRole('button', { name: /labels\.json/ })
      .click();
    await dialog().getByRole('button', { name: 'Use this rule' }).click();
    await page.getByText(/^Labels: the file labels\.json/).waitFor();
    await page
      .getByRole('list', { name: /^Labels: show/ })
      .getByText('from a file')
      .waitFor();
    await page.keyboard.press('Control+z');
    await counts('96 pictures · 8 labels');
  });
});

describe('Explore', () => {
  const anchor = (): Locator => session.page.getByRole('region', { name: 'The anchor' });
  const falseCount = async (): Promise<number> => {
    const legend = session.page.getByRole('list', { name: 'Legend' });
    return Number(
      (await legend.getByRole('button', { name: /^false/ }).textContent())?.match(/\d+/),
    );
  };

  it('follows the rule at once: bins, anchor and legend', async () => {
    const { page, engine, folder } = session;
    const { file } = await engine.call('library.status', {});
    const run = await addRawPixelRun(file ?? '', folder);
    await runToState(engine, 'map', { run, seed: 1 });
    await page.reload();
    await counts('96 pictures · 8 labels');
    await page.keyboard.press('/');
    await page.keyboard.type('train/food-fruit');
    await page.keyboard.press('Enter');
    await anchor().getByText('food-fruit').waitFor();
    await anchor().getByText('split train').waitFor();
    const before = await falseCount();
    // The 11 other pieces of fruit at least.
    expect(before).toBeGreaterThanOrEqual(11);
    const pages = page.getByRole('navigation', { name: 'Pages' });
    await pages.getByText('Library').click();
    await button(`Change the labels of ${folder}`).click();
    await dialog().getByRole('radio', { name: /^none/ }).click();
    await dialog().getByRole('button', { name: 'Use this rule' }).click();
    await counts('96 pictures · 1 label');
    await pages.getByText('Explore').click();
    await anchor().getByText('no label').waitFor();
    await expect.poll(falseCount).toBeLessThan(before);
    await page.getByRole('main').focus();
    await page.keyboard.press('Control+z');
    await anchor().getByText('food-fruit').waitFor();
    await expect.poll(falseCount).toBe(before);
  });

  it('filters by split and colours the map by it', async () => {
    const { page } = session;
    await page
      .getByRole('list', { name: 'Splits: click to dim the others' })
      .getByRole('button', { name: /^train/ })
      .click();
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('split');
    const legend = page.getByRole('list', { name: 'Legend' });
    expect((await legend.getByRole('button').allTextContents()).map((text) => text.trim())).toEqual(
      ['train', 'val'],
    );
    await lookAtSizes('labels-explore');
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('bin');
    await button('show all').first().click();
  });

  it('labels a selection and a bin by hand', async () => {
    const { page, engine } = session;
    await page.getByRole('main').focus();
    await page.keyboard.press('t');
    const rows = page.getByRole('grid').getByRole('row');
    await rows.nth(1).click();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await button('Label 2 selected pictures').click();
    await dialog().getByRole('textbox', { name: 'Label' }).fill('mine');
    await dialog().getByRole('button', { name: 'Give this label' }).click();
    await counts('96 pictures · 9 labels');
    expect(await page.getByRole('grid').getByText('mine (by hand)').count()).toBe(2);
    await lookAtSizes('labels-list');
    const { edits } = await engine.call('labels.listByHand', {});
    expect(edits.filter(({ labels }) => labels?.includes('mine'))).toHaveLength(2);
    await page.keyboard.press('Control+z');
    await counts('96 pictures · 8 labels');
    await button(/^all \d+/)
      .first()
      .click();
    await button('Label them…').click();
    await page.getByRole('dialog', { name: /^Label \d+ pictures$/ }).waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });
});
