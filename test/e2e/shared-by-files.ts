import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildPageIfStale } from '../../src-main/cli/build-page.ts';
import { serveBrowser } from './browser.ts';
import { addressOf, serveMapPage } from './map-page.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The app's page, built once for all browser tests. */
    pageFolder: string;
    /** Where the page lies that mounts the map on its own. */
    mapPageAddress: string;
    /** Where the one browser listens that all browser tests share, each with windows of its own. */
    browserAddress: string;
  }
}

/** Makes what all browser tests share; resolves to what removes it after the last. */
export default async function shareByFiles(project: TestProject): Promise<() => Promise<void>> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closeOne of closers.reverse()) await closeOne();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'negatoscope-page-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const pageFolder = join(folder, 'page');
    const mapPage = await serveMapPage(join(folder, 'map-page-cache'));
    closers.push(() => mapPage.close());
    const browser = await serveBrowser();
    closers.push(() => browser.close());
    await buildPageIfStale(join(import.meta.dirname, '../..'), pageFolder, () => undefined);
    project.provide('pageFolder', pageFolder);
    project.provide('mapPageAddress', addressOf(mapPage));
    project.provide('browserAddress', browser.wsEndpoint());
  } catch (error) {
    // What still listens would keep the process from its end.
    await close();
    throw error;
  }
  return close;
}
