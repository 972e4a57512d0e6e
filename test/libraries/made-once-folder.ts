import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `madeOnce` puts what several test files use. */
    madeOnceFolder: string;
  }
}

/** Makes the place before the first test; resolves to what removes it after the last. */
export default async function provideFolder(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'negatoscope-made-once-'));
  project.provide('madeOnceFolder', folder);
  return () => rm(folder, { recursive: true, force: true });
}
