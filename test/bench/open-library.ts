import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from './open-engine.ts';
import { fillLibrary } from './filled-library.ts';

const pictures = 10_000;

/** From nothing open to all that the explorer's first paint needs, of a cached library of 10,000. */
export async function benchOpenLibrary(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  try {
    const file = join(folder, 'library.sqlite');
    fillLibrary(file, pictures, 128);
    const start = performance.now();
    const engine = await openEngine(file);
    const opened = performance.now();
    await engine.call('library.samples', {});
    await engine.call('runs.list', {});
    await engine.call('runs.map', { run: 'bench' });
    const ready = performance.now();
    await engine.close();
    return { pictures, openSeconds: (opened - start) / 1000, seconds: (ready - start) / 1000 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
