import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The app's page, built once for all browser tests. */
    pageFolder: string;
  }
}

/** Builds the page before the first browser test; resolves to what removes it after the last. */
export default async function buildPage(project: TestProject): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(join(tmpdir(), 'negatoscope-page-'));
  await build({
    configFile: join(import.meta.dirname, '../../src-renderer/vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
  project.provide('pageFolder', outDir);
  return () => rm(outDir, { recursive: true, force: true });
}
