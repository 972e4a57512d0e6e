import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineClient } from '../../src-main/contract/client.ts';
import { openEngine } from './open-engine.ts';
import { runToState } from '../contract/wait-for-job.ts';
import { fillLibrary } from './filled-library.ts';

const dimensions = 128;
const k = 15;
const anchors = 9;
const runs = ['first', 'second'] as const;
/** As the Compare place asks for both sides. */
const ring = { ringOuter: 0.1, ringInner: 0.1, ringDynamicInner: true } as const;

/**
 * Comparing two runs of 10,000 and of 50,000 pictures x 128: the whole job, with the search for
 * neighbours of both; the same with the neighbours kept (another k), and with the result kept; and an
 * anchor explained in both runs, as a median. Cpu seconds are those of all threads: on two quiet cores
 * a job takes about half of them.
 */
export async function benchCompare(): Promise<Record<string, number>> {
  const figures: Record<string, number> = { dimensions, k };
  for (const count of [10_000, 50_000]) {
    for (const [name, value] of Object.entries(await figuresFor(count))) {
      figures[`${name}${count}`] = value;
    }
  }
  return figures;
}

async function figuresFor(count: number): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  try {
    const file = join(folder, 'library.sqlite');
    fillLibrary(file, count, dimensions, [], runs);
    const engine = await openEngine(file);
    const whole = await timed(() => compare(engine, k));
    const neighboursKept = await timed(() => compare(engine, k - 1));
    const resultKept = await timed(() => compare(engine, k));
    const anchor = await anchorInBoth(engine);
    await engine.close();
    return {
      seconds: whole.seconds,
      cpuSeconds: whole.cpuSeconds,
      secondsWithKeptNeighbours: neighboursKept.seconds,
      secondsWithKeptResult: resultKept.seconds,
      ...anchor,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compare(engine: EngineClient, neighbours: number): Promise<void> {
  const input = { runs: runs.map((run) => ({ run })), k: neighbours };
  const { state, error } = await runToState(engine, 'compare', input);
  if (state !== 'done') throw new Error(error?.message ?? state);
}

/** Of one anchor after another, explained in both runs at once; the first, which reads them, is left out. */
async function anchorInBoth(engine: EngineClient): Promise<Record<string, number>> {
  const { hashes } = await engine.call('library.samples', {});
  const times: { seconds: number; cpuSeconds: number }[] = [];
  for (let index = 0; index <= anchors; index++) {
    const anchor = hashes[index * 500] ?? '';
    times.push(
      await timed(() =>
        Promise.all(runs.map((run) => engine.call('anchor.negatives', { run, anchor, ...ring }))),
      ),
    );
  }
  const median = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const later = times.slice(1);
  return {
    anchorMilliseconds: 1000 * median(later.map(({ seconds }) => seconds)),
    anchorCpuMilliseconds: 1000 * median(later.map(({ cpuSeconds }) => cpuSeconds)),
  };
}

async function timed(work: () => Promise<unknown>) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
}
