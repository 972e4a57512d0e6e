import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { buildPageIfStale } from '../../src-main/cli/build-page.ts';
import { createEngine } from '../../src-main/engine/engine.ts';
import { startServer } from '../../src-main/server/start-server.ts';
import { launchBrowser } from '../e2e/browser.ts';

/**
 * `npm run pictures [LIBRARY] [FOLDER]`: takes the pictures of docs/views.md, each page in both
 * themes, of a copy of the demo's library.
 */
const root = join(import.meta.dirname, '../..');
const library = process.argv[2] ?? join(root, 'demo/library.sqlite');
const pictures = process.argv[3] ?? join(root, 'docs');
const workFolder = await mkdtemp(join(tmpdir(), 'negatoscope-pictures-'));
const anchorFile = '1f33d__noto.png';

/** Brings a view on screen, of an app that has just been opened on the demo. */
const views: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  explore: async (page) => {
    await page.keyboard.press('3');
    await page.keyboard.press('/');
    await page.keyboard.type(anchorFile);
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'hard negatives' }).waitFor();
  },
  list: async (page) => {
    await page.keyboard.press('t');
    await page.getByRole('grid').getByRole('row').nth(5).waitFor();
  },
  library: async (page) => {
    await page.keyboard.press('1');
    await page.getByRole('tab', { name: /^Pictures/ }).click();
    await page.getByRole('combobox', { name: 'Order' }).selectOption('label');
    await page.getByRole('list', { name: 'Pictures' }).getByRole('button').nth(5).click();
    await page.getByRole('complementary', { name: /^Details/ }).waitFor();
  },
  duplicates: async (page) => {
    await page.getByRole('tab', { name: 'Near-duplicates' }).click();
    const look = page.getByRole('button', { name: 'Look for near-duplicates' });
    if (await look.isVisible()) await look.click();
    await page.getByRole('slider', { name: /Largest distance/ }).fill('0.35');
    await page.getByRole('list', { name: /near-duplicates$/ }).waitFor();
  },
  train: async (page) => {
    await page.keyboard.press('2');
    await page.getByRole('img', { name: 'Loss by epoch' }).waitFor();
  },
  review: async (page) => {
    await page.keyboard.press('4');
    await page.getByRole('img', { name: /^The candidate/ }).waitFor();
    for (const key of ['f', 't', 'f', 'u']) await page.keyboard.press(key);
    await page.getByRole('tab', { name: 'Sitting 4' }).waitFor();
  },
  runs: async (page) => {
    await page.keyboard.press('5');
    await page.getByRole('tab', { name: 'All runs' }).click();
    await page.getByRole('row').filter({ hasText: 'adapted' }).waitFor();
  },
  compare: async (page) => {
    await page.getByRole('tab', { name: 'Side by side' }).click();
    const start = page.getByRole('button', { name: 'Compare these two' });
    const map = page.getByRole('region', { name: /^Map of judged/ });
    await start.or(map).first().waitFor();
    if (await start.isVisible()) await start.click();
    await map.waitFor();
  },
};

async function take(page: Page, name: string): Promise<void> {
  for (const theme of ['Dark', 'Light']) {
    await page.getByRole('button', { name: theme, exact: true }).click();
    const file = join(pictures, `${name}-${theme.toLowerCase()}.webp`);
    const picture = await sharp(await pictureAtRest(page))
      .webp({ quality: 90, smartSubsample: true, effort: 6 })
      .toBuffer();
    await writeFile(file, picture);
    console.log(`${file}: ${Math.round(picture.length / 1024)} kB`);
  }
}

/** A picture of the page once the next one is the same, seconds later by the page's own clock. */
async function pictureAtRest(page: Page): Promise<Buffer> {
  let picture: Buffer = Buffer.alloc(0);
  for (let isAtRest = false; !isAtRest;) {
    // Thumbnails come to the map when it has been still for a while, and then are loaded.
    await page.clock.runFor(2500);
    await page.waitForLoadState('networkidle');
    const next = await page.screenshot();
    isAtRest = next.equals(picture);
    picture = next;
  }
  return picture;
}

const file = join(workFolder, 'library.sqlite');
const pageFolder = join(workFolder, 'page');
await cp(library, file);
await buildPageIfStale(root, pageFolder, console.log);
const engine = createEngine({
  dataFolder: workFolder,
  modelFolder: workFolder,
  workingFolder: workFolder,
  now: () => Date.now(),
});
const server = await startServer({ engine, pageFolder, host: '127.0.0.1', port: 0 });
const browser = await launchBrowser();
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(120_000);
  await page.clock.install();
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Choose a folder…' }).waitFor();
  await take(page, 'welcome');
  await engine.call('library.open', { file });
  await page.reload();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  for (const [name, show] of Object.entries(views)) {
    await show(page);
    await take(page, name);
  }
} finally {
  await browser.close();
  await server.close();
  await engine.close();
  await rm(workFolder, { recursive: true });
}
