import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openEngine } from './open-engine.ts';
import { fillLibrary } from './filled-library.ts';
import { spreadOf } from './peers/spread.ts';

const pictures = 50_000;
/** Nine anchors that follow the first one; the engine's code runs compiled from some thirty anchors on. */
const next = 9;
const before = 30;
const anchors = 60;

/** What explaining anchors took, in seconds. */
export interface ExplainedSeconds {
  /** The first one, for which the vectors are read, without its suspicions. */
  readonly first: number;
  /** The first one with them. */
  readonly whole: number;
  /** The median of the nine after it. */
  readonly next: number;
  /** The median of those after thirty. */
  readonly later: number;
}

/** One anchor among 50,000 x 128, as the inspector asks for it: the first time, then medians. */
export async function benchExplain(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  try {
    const file = join(folder, 'library.sqlite');
    fillLibrary(file, pictures, 128);
    const { first, whole, next: afterIt, later } = await explainAnchors(file);
    return {
      pictures,
      ...{ firstMilliseconds: 1000 * first, wholeMilliseconds: 1000 * whole },
      ...{ milliseconds: 1000 * afterIt, laterMilliseconds: 1000 * later },
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
  const others: number[] = [];
  for (let index = 1; index <= anchors; index++) others.push(await explain(index, false));
  await engine.close();
  return {
    ...{ first, whole },
    next: spreadOf(others.slice(0, next)).median,
    later: spreadOf(others.slice(before)).median,
  };
}

/** How long a person looks at a map before choosing an anchor, in milliseconds. */
const lookedMs = 1500;

/** The seconds that the first anchor takes after the map of its run has been shown for a moment. */
export async function explainAfterMap(file: string): Promise<number> {
  const engine = await openEngine(file);
  const { hashes } = await engine.call('library.samples', {});
  await engine.call('runs.map', { run: 'bench' });
  await setTimeout(lookedMs);
  const start = performance.now();
  const anchor = hashes[Math.floor(hashes.length / 2)] ?? '';
  await engine.call('anchor.negatives', { run: 'bench', anchor, awaitCalibration: false });
  const seconds = (performance.now() - start) / 1000;
  await engine.close();
  return seconds;
}
