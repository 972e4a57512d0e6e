import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { buildPageIfStale } from '../../../src-main/cli/build-page.ts';
import { openEngine } from '../open-engine.ts';
import { startServer } from '../../../src-main/server/start-server.ts';
import { launchBrowser } from '../../e2e/browser.ts';
import { fillLibrary, labelsInLibrary } from '../filled-library.ts';

const root = join(import.meta.dirname, '../../..');

/** The real app on a filled library, in a real browser, with the probe (see page-probe.ts) loaded. */
export interface MeasuredApp {
  readonly page: Page;
  /** The app's address; with an anchor, of the link to one. */
  readonly address: (hasAnchor: boolean) => string;
}

/** Builds the page into a folder of its own, to be removed by the caller. */
export async function buildMeasuredPage(): Promise<string> {
  const pageFolder = mkdtempSync(join(tmpdir(), 'negatoscope-page-'));
  await buildPageIfStale(root, pageFolder, () => undefined);
  return pageFolder;
}

/** Opens the app on a library of `pictures` made-up pictures while `measure` runs. */
export async function withMeasuredApp<T>(
  pageFolder: string,
  pictures: number,
  measure: (app: MeasuredApp) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  const file = join(folder, 'library.sqlite');
  fillLibrary(file, pictures, 128, await colourThumbnails());
  const engine = await openEngine(file);
  const { hashes } = await engine.call('library.samples', {});
  const server = await startServer({ engine, pageFolder, host: '127.0.0.1', port: 0 });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(120_000);
    await page.addInitScript({ content: probeScript() });
    const link = `&anchor=${hashes[500] ?? ''}&run=1`;
    return await measure({
      page,
      address: (hasAnchor) => `${server.url}${hasAnchor ? link : ''}`,
    });
  } finally {
    await browser.close();
    await server.close();
    await engine.close();
    rmSync(folder, { recursive: true });
  }
}

/** One plain picture a label, of the size and format that a scan makes. */
function colourThumbnails(): Promise<Uint8Array[]> {
  return Promise.all(
    Array.from({ length: labelsInLibrary }, (_, label) => {
      const background = { r: 40 + 10 * label, g: 230 - 9 * label, b: 90 + 60 * (label % 3) };
      return sharp({ create: { width: 160, height: 160, channels: 3, background } })
        .webp()
        .toBuffer();
    }),
  );
}

function probeScript(): string {
  const source = readFileSync(join(root, 'test/renderer/bench/page-probe.ts'), 'utf8');
  return stripTypeScriptTypes(source);
}
