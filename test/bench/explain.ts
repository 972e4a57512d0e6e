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
  /** The first one, for which the vectors are read, without its suspicions. */
  readonly first: number;
  /** The first one with them. */
  readonly whole: number;
  /** The median of those after it. */
  readonly later: number;
}

/** One anchor among 50,000 x 128, as the inspector asks for it: the first time, then the median. */
export async function benchExplain(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  try {
    const file = join(folder, 'library.sqlite');
    fillLibrary(file, pictures, 128);
    const { first, whole, later } = await explainAnchors(file);
    return {
      pictures,
      ...{ firstMilliseconds: 1000 * first, wholeMilliseconds: 1000 * whole },
      milliseconds: 1000 * later,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Explains some anchors of a filled library, one after the other. */
export async function explainAnchors(file: string): Promise<ExplainedSeconds> {
  const engine = await openEngine(file);
  const { hashes } = await engine.call('library.samples', {});
  const apart = Math.floor(hashes.length / (anchors + 1));
  const explain = async (index: number, awaitCalibration: boolean): Promise<number> => {
    const start = performance.now();
    const anchor = hashes[index * apart] ?? '';
    await engine.call('anchor.negatives', { run: 'bench', anchor, awaitCalibration });
    return (performance.now() - start) / 1000;
  };
  const first = await explain(0, false);
  const whole = first + (await explain(0, true));
  const later: number[] = [];
  for (let index = 1; index <= anchors; index++) later.push(await explain(index, false));
  await engine.close();
  return { first, whole, later: spreadOf(later).median };
}
