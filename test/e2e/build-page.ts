import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildPageIfStale } from '../../src-main/cli/build-page.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The app's page, built once for all browser tests. */
    pageFolder: string;
  }
}

/** Builds the page before the first browser test; resolves to what removes it after the last. */
export default async function buildPage(project: TestProject): Promise<() => Promise<void>> {
  const pageFolder = await mkdtemp(join(tmpdir(), 'negatoscope-page-'));
  await buildPageIfStale(join(import.meta.dirname, '../..'), pageFolder, () => undefined);
  project.provide('pageFolder', pageFolder);
  return () => rm(pageFolder, { recursive: true, force: true });
}
