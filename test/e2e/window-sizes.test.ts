import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { layoutTroubles } from './layout-troubles.ts';
import { useAppSession } from './app-session.ts';
import { giveManyLabels, labelCount, longRunName } from './many-labels.ts';
import { nextFrames } from './map-page.ts';
import { troublesBySize, windowSizes } from './window-sizes.ts';

const session = useAppSession({
  library: 'two trainings',
  prepare: ({ engine, folder }) => giveManyLabels(engine, folder),
});

async function goTo(pageName: string): Promise<void> {
  const { page } = session;
  await page.setViewportSize(windowSizes.usual);
  await page.getByRole('navigation', { name: 'Pages' }).getByText(pageName).click();
  await page.getByRole('main', { name: pageName.toLowerCase() }).waitFor();
}

async function chooseAnchor(): Promise<void> {
  const { page } = session;
  await goTo('Explore');
  await page.keyboard.press('/');
  await page.keyboard.type('1f413__noto');
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: /The anchor: .*1f413__noto/ }).waitFor();
}

beforeAll(async () => {
  await session.page.getByRole('navigation', { name: 'Pages' }).waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('with 36 labels and long names, nothing overlaps, is cut off or out of reach', () => {
  it('in Library, with the details of a picture', async () => {
    const { page } = session;
    await goTo('Library');
    await page.getByRole('tab', { name: /^Pictures/ }).click();
    await page.getByRole('list', { name: 'Pictures' }).getByRole('button').first().click();
    expect(await troublesBySize(page, 'many-library')).toEqual([]);
  });

  it('in Train, with a run of a long name', async () => {
    const { page } = session;
    await goTo('Train');
    await page.getByRole('button', { name: longRunName }).click();
    await page.getByRole('img', { name: 'Loss by epoch' }).waitFor();
    expect(await troublesBySize(page, 'many-train')).toEqual([]);
  });

  it('in Explore, by bin and by label, with a selection, a filter and a sheet', async () => {
    const { page } = session;
    await chooseAnchor();
    const found = await troublesBySize(page, 'many-explore');
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('label');
    await page
      .getByRole('list', { name: /^Labels: click/ })
      .getByRole('button')
      .first()
      .click();
    await page.getByText(/of 96 pass the filters/).waitFor();
    await page.getByRole('application').press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.getByText('1 picture selected').waitFor();
    found.push(...(await troublesBySize(page, 'many-filtered')));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^UMAP/ }).click();
    await page.getByRole('region', { name: 'Layout of the map' }).waitFor();
    found.push(...(await troublesBySize(page, 'many-layouts')));
    await page.getByRole('button', { name: /^UMAP/ }).last().click();
    await page
      .getByRole('button', { name: /show all/ })
      .first()
      .click();
    expect(found).toEqual([]);
  });

  it('in Explore, with a negative’s numbers, in training, and as a list', async () => {
    const { page } = session;
    await chooseAnchor();
    await page.getByRole('list', { name: 'easy negatives' }).getByRole('button').first().click();
    await page.getByRole('region', { name: /^The negative / }).waitFor();
    const found = await troublesBySize(page, 'many-negative');
    await page.keyboard.press('Escape');
    await page.getByText('In training', { exact: true }).click();
    await page.getByText('What the training itself wrote down').waitFor();
    found.push(...(await troublesBySize(page, 'many-training')));
    await page.getByText('Whole library', { exact: true }).click();
    await page.getByRole('button', { name: 'List', exact: true }).click();
    await page.getByRole('grid').waitFor();
    found.push(...(await troublesBySize(page, 'many-list')));
    await page.getByRole('button', { name: 'Map', exact: true }).click();
    expect(found).toEqual([]);
  });

  it('in Review, with the news of a verdict', async () => {
    const { page } = session;
    await goTo('Review');
    await page.getByRole('img', { name: /^The candidate/ }).waitFor();
    await page.keyboard.press('f');
    // Above the answers, until then, news covered them.
    await session.engine.call('verdicts.list', {});
    expect(await troublesBySize(page, 'many-review')).toEqual([]);
  });

  it('in Compare, with three runs', async () => {
    const { page, engine } = session;
    await engine.call('jobs.start', { kind: 'embed', input: { encoder: 'pixels' } });
    await goTo('Compare');
    await page.getByRole('tab', { name: 'All runs' }).click();
    const found = await troublesBySize(page, 'many-runs');
    await page.setViewportSize(windowSizes.usual);
    await page.getByRole('tab', { name: 'Side by side' }).click();
    const map = page.getByRole('region', { name: /^Map of / }).first();
    const start = page.getByRole('button', { name: /^Compare these/ });
    await start.or(map).first().waitFor();
    if (await start.isVisible()) await start.click();
    await map.waitFor({ timeout: 120_000 });
    await page.getByRole('button', { name: 'Compare one more run' }).click();
    await page.getByRole('combobox', { name: 'Third run', exact: true }).waitFor();
    found.push(...(await troublesBySize(page, 'many-compare')));
    expect(found).toEqual([]);
  });
});

describe('in a dialog', () => {
  const dialogs: readonly (readonly [string, string, () => Promise<void>])[] = [
    ['folders', 'Choose a folder of pictures', () => act('Open another folder')],
    ['libraries', 'Open a library file', () => act('Open a library file')],
    ['export', 'Export', () => press('Export…')],
    ['import', 'Import embeddings', () => press('Import…')],
    ['shortcuts', 'Keyboard shortcuts', () => session.page.keyboard.press('?')],
  ];

  /** Does what the palette calls so. */
  async function act(name: string): Promise<void> {
    const { page } = session;
    await page.keyboard.press('Control+k');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
  }

  async function press(name: string): Promise<void> {
    await session.page.getByRole('button', { name }).first().click();
  }

  it.each(dialogs)('of %s nothing is cut off or out of reach', async (name, title, open) => {
    const { page } = session;
    await goTo('Explore');
    await open();
    const dialog = page.getByRole('dialog', { name: title });
    await dialog.waitFor();
    expect(await troublesBySize(page, `dialog-${name}`)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});

it('at 150 % zoom lies as in a window of 960 pixels, on a finer screen', async () => {
  const { page } = session;
  await chooseAnchor();
  const devtools = await page.context().newCDPSession(page);
  const screen = { ...windowSizes.least, deviceScaleFactor: 1.5, mobile: false };
  await devtools.send('Emulation.setDeviceMetricsOverride', screen);
  await nextFrames(page);
  expect(await page.evaluate('[innerWidth, devicePixelRatio]')).toEqual([960, 1.5]);
  expect(await layoutTroubles(page)).toEqual([]);
  await devtools.send('Emulation.clearDeviceMetricsOverride');
  await devtools.detach();
});

it('has a legend that takes a small part of the map, however many labels there are', async () => {
  const { page } = session;
  await chooseAnchor();
  await page.getByRole('combobox', { name: 'Colour by' }).selectOption('label');
  for (const size of [windowSizes.small, windowSizes.usual]) {
    await page.setViewportSize(size);
    await nextFrames(page);
    const legend = await page.getByRole('list', { name: 'Legend' }).boundingBox();
    const map = await page.getByRole('application').boundingBox();
    const area = (box: typeof legend): number => (box?.width ?? 0) * (box?.height ?? 0);
    expect(area(legend) / area(map)).toBeLessThan(0.1);
  }
  const labels = page.getByRole('list', { name: /^Labels: click/ }).getByRole('button');
  expect(await labels.count()).toBe(labelCount);
});
