import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { createEngine } from '../../src-main/engine/engine.ts';
import { startServer } from '../../src-main/server/start-server.ts';
import { launchBrowser } from '../e2e/browser.ts';
import { fillLibrary } from './filled-library.ts';

const root = join(import.meta.dirname, '../..');
const pictures = 50_000;
const drags = 30;

/**
 * Drags the ring's lower cut in the browser, one move at a time: milliseconds from the move until
 * the bins' counts are in the page, and until the frame after it, in which the map has followed.
 */
export async function benchDragRing(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  const pageFolder = join(folder, 'page');
  await build({
    configFile: join(root, 'src-renderer/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: pageFolder, emptyOutDir: true },
  });
  const file = join(folder, 'library.sqlite');
  fillLibrary(file, pictures, 128);
  const engine = createEngine({
    dataFolder: folder,
    modelFolder: folder,
    workingFolder: folder,
    now: () => Date.now(),
  });
  await engine.call('library.open', { file });
  const { hashes } = await engine.call('library.samples', {});
  const server = await startServer({ engine, pageFolder, host: '127.0.0.1', port: 0 });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${server.url}&anchor=${hashes[500] ?? ''}&run=1`);
    await page.getByRole('slider', { name: /lower cut/ }).waitFor({ timeout: 60_000 });
    const taken = await dragOften(page);
    const [numbers, frame] = [sorted(taken, 0), sorted(taken, 1)];
    return {
      pictures,
      numbersMilliseconds: part(numbers, 0.5),
      numbersSlowTenth: part(numbers, 0.9),
      frameMilliseconds: part(frame, 0.5),
      frameSlowTenth: part(frame, 0.9),
    };
  } finally {
    await browser.close();
    await server.close();
    await engine.close();
    rmSync(folder, { recursive: true });
  }
}

function sorted(taken: readonly (readonly number[])[], column: number): number[] {
  return taken.map((times) => times[column] ?? 0).sort((a, b) => a - b);
}

function part(ascending: readonly number[], share: number): number {
  return ascending[Math.floor(share * (ascending.length - 1))] ?? 0;
}

/** Moves the handle to and fro and watches the legend, which counts what the map colours. */
async function dragOften(page: Page): Promise<number[][]> {
  return page.evaluate<number[][]>(`(async () => {
    const handle = document.querySelector('[role=slider][aria-label*="lower cut"]');
    const legend = document.querySelector('[aria-label=Legend]');
    const plot = handle.parentElement.getBoundingClientRect();
    const send = (type, x) => handle.dispatchEvent(new PointerEvent(type,
      { clientX: plot.left + x, pointerId: 1, bubbles: true }));
    const setCapture = handle.setPointerCapture;
    handle.setPointerCapture = () => undefined;
    const start = handle.getBoundingClientRect().left - plot.left;
    send('pointerdown', start);
    const taken = [];
    let changed = 0;
    new MutationObserver(() => (changed = performance.now()))
      .observe(legend, { characterData: true, subtree: true, childList: true });
    for (let drag = 0; drag < ${drags + 5}; drag++) {
      await new Promise((done) => setTimeout(done, 150));
      const before = legend.textContent;
      const begin = performance.now();
      send('pointermove', start - 20 - (drag % 2 ? 30 : 0) - drag);
      while (legend.textContent === before) await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      if (drag >= 5) taken.push([changed - begin, performance.now() - begin]);
    }
    send('pointerup', start);
    handle.setPointerCapture = setCapture;
    return taken;
  })()`);
}
