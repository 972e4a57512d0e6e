import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from './open-engine.ts';
import { fillLibrary } from './filled-library.ts';
import { spreadOf } from './peers/spread.ts';

const pictures = 50_000;
const anchors = 9;

/** What explaining anchors took, in seconds. */
export interface ExplainedSeconds {
  /** The first one, for which the vectors are read. */
  readonly first: number;
  /** The median of those after it. */
  readonly later: number;
}

/** One anchor among 50,000 x 128, as the inspector asks for it: the first time, then the median. */
export async function benchExplain(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  try {
    const file = join(folder, 'library.sqlite');
    fillLibrary(file, pictures, 128);
    const { first, later } = await explainAnchors(file);
    return { pictures, firstMilliseconds: 1000 * first, milliseconds: 1000 * later };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Explains some anchors of a filled library, one after the other. */
export async function explainAnchors(file: string): Promise<ExplainedSeconds> {
  const engine = await openEngine(file);
  const { hashes } = await engine.call('library.samples', {});
  const apart = Math.floor(hashes.length / (anchors + 1));
  const seconds: number[] = [];
  for (let index = 0; index <= anchors; index++) {
    const start = performance.now();
    const anchor = hashes[index * apart] ?? '';
    await engine.call('anchor.negatives', { run: 'bench', anchor });
    seconds.push((performance.now() - start) / 1000);
  }
  await engine.close();
  const [first = 0, ...later] = seconds;
  return { first, later: spreadOf(later).median };
}
