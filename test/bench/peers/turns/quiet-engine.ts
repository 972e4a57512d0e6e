import { join } from 'node:path';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { commandLineOptions } from '../../../../src-main/cli/command-line-options.ts';
import { createEngine } from '../../../../src-main/engine/engine.ts';
import type { Engine } from '../../../../src-main/engine/engine.ts';

/** Reports the progress of a job to nobody. */
export const silent = { show: () => undefined, end: () => undefined };

/** An engine with an empty library, whose files are in the benchmark's own temporary folder. */
export async function engineOnEmptyLibrary(): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'library-'));
  const engine = createEngine({ ...commandLineOptions(), dataFolder: folder });
  await engine.call('library.open', { file: join(folder, 'library.sqlite') });
  return engine;
}

/** A copy of a prepared library, so that what a turn leaves in it is not there for the next one. */
export function ownLibrary(prepared: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'library-')), 'library.sqlite');
  copyFileSync(join(prepared, 'library.sqlite'), file);
  return file;
}
