import type { Locator } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { useAppSession } from './app-session.ts';
import { picturesOnMap } from './pictures-on-map.ts';

/** The whole way of a researcher, one step after the other, each on what the former left. */
const session = useAppSession();
const answers = 'f t u f t f t u f t f t u f t f t u f t'.split(' ');
const epochs = 3;

function button(name: string | RegExp): Locator {
  return session.page.getByRole('button', { name });
}

function verdicts() {
  return session.engine.call('verdicts.list', {});
}

async function pairOnFilm(): Promise<string> {
  const film = session.page.getByRole('region', { name: 'Pair', exact: true }).getByRole('img');
  const words = await Promise.all((await film.all()).map((image) => image.getAttribute('alt')));
  return words.join(' | ');
}

async function ringCount(): Promise<number> {
  const legend = session.page.getByRole('list', { name: 'Legend' }).getByRole('listitem');
  const text = (await legend.filter({ hasText: 'ring' }).textContent()) ?? '';
  return Number(/\d+/.exec(text)?.[0]);
}

/** The epochs of a run in which an anchor's ledger names the other picture. */
async function epochsPushed(run: string, anchor: string, other: string): Promise<number[]> {
  const { ids, hashes } = await session.engine.call('library.samples', {});
  const id = ids[hashes.indexOf(other)] ?? -1;
  const pushed: number[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const ledger = await session.engine.call('anchor.ledger', { run, anchor, epoch });
    expect(ledger.ids.length).toBeGreaterThan(0);
    if (ledger.ids.includes(id)) pushed.push(epoch);
  }
  return pushed;
}

/** Opens an anchor in a run, compared with what the training recorded in an epoch. */
async function openRecorded(run: string, anchor: string, epoch: number): Promise<void> {
  const { page, engine } = session;
  const number = (await engine.call('runs.list', {})).find(({ name }) => name === run)?.run ?? 0;
  await page.evaluate(`location.hash = '#anchor=${anchor}&run=${number}'`);
  await page.locator('button.run[aria-current]').getByText(run, { exact: true }).waitFor();
  await page.getByRole('radio', { name: 'In training' }).check({ force: true });
  await page.getByRole('slider', { name: 'Epoch of the training' }).fill(String(epoch - 1));
  await recordedTiles(epoch).first().waitFor();
}

function recordedTiles(epoch: number): Locator {
  const list = session.page.getByRole('list', { name: `Negatives recorded in epoch ${epoch}` });
  return list.getByRole('button');
}

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('from a folder to a training without the false negatives', () => {
  it('chooses a folder on the Welcome page, whose sub-folders are labels', async () => {
    const { page, folder } = session;
    await page.getByRole('main', { name: 'Welcome' }).waitFor();
    await button('Choose a folder…').click();
    const dialog = page.getByRole('dialog', { name: 'Choose a folder of pictures' });
    await dialog.getByRole('textbox').fill(folder);
    await dialog.getByRole('button', { name: 'Open this folder' }).click();
    await page.getByText('96 pictures · 8 labels').waitFor();
  });

  it('trains in seconds, and the map comes by itself', async () => {
    const { page } = session;
    await page.getByRole('navigation', { name: 'Pages' }).getByText('Train').click();
    await page.getByRole('textbox', { name: 'Name of the run' }).fill('first');
    await page.getByRole('radio', { name: /Hard negatives/ }).check();
    const numbers = { Epochs: epochs, Batch: 48, 'Size, px': 16, Ledger: 95 };
    for (const [name, value] of Object.entries(numbers)) {
      await page.getByRole('spinbutton', { name }).fill(String(value));
    }
    await page.getByRole('combobox', { name: 'Device' }).selectOption('cpu');
    await button(/^Train 6 steps/).click();
    await page.getByText('The map of “first” is ready.').waitFor({ timeout: 120_000 });
  });

  it('makes a picture the anchor by a click on the map', async () => {
    const { page, engine } = session;
    await page.keyboard.press('3');
    await page.locator('button.layout').waitFor();
    const [apart] = await picturesOnMap(page, engine, 1);
    await page.mouse.click(apart?.x ?? 0, apart?.y ?? 0);
    await page.getByRole('img', { name: `The anchor: ${apart?.path}` }).waitFor();
  });

  it('widens the ring by dragging its cut in the histogram; bins and map follow', async () => {
    const { page } = session;
    const cut = page.getByRole('slider', { name: /lower cut/ });
    const percentile = async (): Promise<number> => Number(await cut.getAttribute('aria-valuenow'));
    const [before, kept] = [await percentile(), await ringCount()];
    const box = await cut.boundingBox();
    if (!box) throw new Error('The ring’s cut is not on screen.');
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.down();
    await page.mouse.move(middle.x - 60, middle.y, { steps: 6 });
    await page.mouse.up();
    await expect.poll(percentile).toBeLessThan(before);
    await expect.poll(ringCount).toBeGreaterThan(kept);
    const sheet = page.getByRole('list', { name: 'ring negatives' }).getByRole('button');
    expect(await sheet.count()).toBeGreaterThan(0);
  });

  it('judges 20 pairs and takes 20 back by the keyboard alone', async () => {
    const { page } = session;
    await page.keyboard.press('4');
    await page.getByRole('img', { name: /^The candidate/ }).waitFor();
    const seen: string[] = [];
    for (const key of answers) {
      seen.push(await pairOnFilm());
      await page.keyboard.press(key);
    }
    expect(new Set(seen).size).toBe(20);
    await expect.poll(async () => (await verdicts()).length).toBe(20);
    for (const pair of seen.toReversed()) {
      await page.keyboard.press('Control+z');
      await expect.poll(pairOnFilm).toBe(pair);
    }
    await expect.poll(verdicts).toEqual([]);
  });

  it('trains again with six false negatives masked: the new ledger pushes none of them', async () => {
    const { page } = session;
    for (let count = 0; count < 6; count++) await page.keyboard.press('f');
    await expect.poll(async () => (await verdicts()).length).toBe(6);
    const judged = (await verdicts()).map(({ pair }) => pair.map(({ hash }) => hash));
    await page.getByRole('radio', { name: 'Mask' }).check();
    await button('Train again with verdicts masked').click();
    // A fifth of the groups is held out, one here: its pairs stay negatives of each other.
    await page.getByText('The map of “first, masked” is ready.').waitFor({ timeout: 120_000 });
    const both = async (run: string): Promise<number[]> => {
      const counts: number[] = [];
      for (const [a = '', b = ''] of judged) {
        const pushed = [...(await epochsPushed(run, a, b)), ...(await epochsPushed(run, b, a))];
        counts.push(pushed.length);
      }
      return counts;
    };
    for (const count of await both('first')) expect(count).toBeGreaterThan(0);
    const masked = (await both('first, masked')).filter((count) => count === 0);
    expect(masked.length).toBeGreaterThanOrEqual(5);
  });

  it('shows so in Explore, epoch by epoch', async () => {
    const all = await verdicts();
    const pushes = await Promise.all(
      all.map(({ pair: [one, other] }) => epochsPushed('first, masked', one.hash, other.hash)),
    );
    // One that was fed, not held out.
    const verdict = all[pushes.findIndex((epochs) => epochs.length === 0)];
    const [{ hash: anchor }, { hash, path }] = verdict!.pair;
    const [epoch = 1] = await epochsPushed('first', anchor, hash);
    const name = (path ?? '').replace(/^.*\/|\.\w+$/g, '');
    const tile = recordedTiles(epoch).and(session.page.getByTitle(name));
    await openRecorded('first', anchor, epoch);
    await tile.waitFor();
    await openRecorded('first, masked', anchor, epoch);
    // While the other run's record is read, no tile is there.
    await expect.poll(() => recordedTiles(epoch).count()).toBeGreaterThan(0);
    await tile.waitFor({ state: 'detached' });
  });
});
