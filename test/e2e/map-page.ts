import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { createServer, type Plugin, type ViteDevServer } from 'vite';
import type { MapPage, PageContent, PageEvents } from '../renderer/map/page/page-api.ts';

const root = join(import.meta.dirname, '../..');

/** Serves the real pictures of a folder under /pictures/ID, going round them. */
function picturesOf(folder: string): Plugin {
  const files = globSync('**/*.{png,jpg}', { cwd: folder }).sort();
  return {
    name: 'pictures',
    configureServer(server) {
      server.middlewares.use('/pictures', (request, response) => {
        const id = Number(request.url?.slice(1) ?? 0);
        response.end(readFileSync(join(folder, files[id % files.length]!)));
      });
    },
  };
}

/**
 * Serves the page that mounts the map on its own; close it after the tests.
 * @param cacheDir for what Vite makes of packages: two servers must not share it
 */
export async function serveMapPage(cacheDir: string): Promise<ViteDevServer> {
  const server = await createServer({
    configFile: false,
    root: join(root, 'test/renderer/map/page'),
    cacheDir,
    plugins: [
      svelte({ configFile: join(root, 'svelte.config.js') }),
      picturesOf(join(root, 'test/fixtures')),
    ],
    server: { host: '127.0.0.1', port: 0, fs: { allow: [root] }, hmr: false },
    logLevel: 'error',
  });
  return server.listen();
}

/** The address of a listening server. */
export function addressOf(server: ViteDevServer): string {
  const address = server.httpServer?.address();
  if (!address || typeof address === 'string') throw new Error('The map page has no port.');
  return `http://127.0.0.1:${address.port}/`;
}

/** Changes what the map is told to show. */
export async function sendToMap(page: Page, change: Partial<PageContent>): Promise<void> {
  await page.evaluate((content) => {
    (globalThis as unknown as { mapPage: MapPage }).mapPage.show(content);
  }, change);
}

/** Changes what the map shows, and waits until that is on screen. */
export async function showOnMap(page: Page, change: Partial<PageContent>): Promise<void> {
  await sendToMap(page, change);
  await nextFrames(page);
}

/** What the map told the page since the last call. */
export async function takeEvents(page: Page): Promise<PageEvents> {
  return page.evaluate(() => {
    return (globalThis as unknown as { mapPage: MapPage }).mapPage.takeEvents();
  });
}

/** Waits until two frames have been drawn. */
export async function nextFrames(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
  );
}

/** The pixels on screen as raw RGB, with a reader by CSS pixel (at device pixel ratio 1). */
export async function pixelsOf(page: Page): Promise<(x: number, y: number) => number[]> {
  const { data, info } = await sharp(await page.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return (x, y) => {
    const start = (Math.round(y) * info.width + Math.round(x)) * 3;
    return [...data.subarray(start, start + 3)];
  };
}
