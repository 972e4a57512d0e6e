import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../src-main/engine/engine.ts';
import { fillLibrary } from './filled-library.ts';

const pictures = 50_000;
const anchors = 9;

/** One anchor among 50,000 x 128, as the inspector asks for it: the first time, then the median. */
export async function benchExplain(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  try {
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
    const milliseconds: number[] = [];
    for (let index = 0; index <= anchors; index++) {
      const start = performance.now();
      const anchor = hashes[index * 500] ?? '';
      await engine.call('anchor.negatives', { run: 'bench', anchor });
      milliseconds.push(performance.now() - start);
    }
    await engine.close();
    const [first = 0, ...later] = milliseconds;
    const median = later.sort((a, b) => a - b)[Math.floor(later.length / 2)] ?? 0;
    return { pictures, firstMilliseconds: first, milliseconds: median };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
