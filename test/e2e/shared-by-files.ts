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
  const pageFolder = await mkdtemp(join(tmpdir(), 'negatoscope-page-'));
  await buildPageIfStale(join(import.meta.dirname, '../..'), pageFolder, () => undefined);
  const mapPage = await serveMapPage();
  const browser = await serveBrowser();
  project.provide('pageFolder', pageFolder);
  project.provide('mapPageAddress', addressOf(mapPage));
  project.provide('browserAddress', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await mapPage.close();
    await rm(pageFolder, { recursive: true, force: true });
  };
}
