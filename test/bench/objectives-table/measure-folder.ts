import { join } from 'node:path';
import { runJob } from '../../../src-main/cli/run-job.ts';
import type { ProgressReporter } from '../../../src-main/cli/progress-reporter.ts';
import type { EngineClient } from '../../../src-main/contract/client.ts';
import type { Metrics, RunSummary } from '../../../src-main/contract/runs.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import type { EngineOptions } from '../../../src-main/engine/engine.ts';
import { contenders } from './contenders.ts';
import type { Contender } from './contenders.ts';

export interface TrainingSize {
  readonly epochs: number;
  /** Side of the pictures in pixels. */
  readonly size: number;
  readonly seeds: number;
}

/** Probing every device anew before each of dozens of short trainings would take longer than they. */
const device = 'cpu';

/** The scores of a contender, one per seed. */
export interface Measured {
  readonly name: string;
  readonly scores: readonly Metrics[];
}

/**
 * Trains every contender with every seed on a folder of pictures whose sub-folders are their
 * labels, and scores it, beside raw pixels. What an earlier, interrupted call has finished in
 * `workFolder` is not done again.
 */
export async function measureFolder(
  name: string,
  folder: string,
  training: TrainingSize,
  workFolder: string,
  options: EngineOptions,
  reporter: ProgressReporter,
): Promise<Measured[]> {
  const engine = createEngine({ ...options, resumesJobs: false });
  const { epochs, size, seeds } = training;
  try {
    const file = join(workFolder, `${name}-${epochs}x${size}.sqlite`);
    await engine.call('library.open', { file });
    await runJob(engine, 'scan', { folder }, reporter);
    const measured = new Map<string, Metrics[]>([['pixels', [await pixels(engine, reporter)]]]);
    // Seed by seed, so that an interrupted benchmark has compared all contenders at least once.
    for (let seed = 1; seed <= seeds; seed += 1) {
      for (const contender of contenders(epochs)) {
        const metrics = await train(engine, contender, seed, training, reporter);
        measured.set(contender.name, [...(measured.get(contender.name) ?? []), metrics]);
      }
    }
    return [...measured].map(([contender, scores]) => ({ name: contender, scores }));
  } finally {
    await engine.close();
  }
}

async function pixels(engine: EngineClient, reporter: ProgressReporter): Promise<Metrics> {
  if ((await runNamed(engine, 'pixels')) === undefined) {
    await runJob(engine, 'embed', { encoder: 'pixels', name: 'pixels' }, reporter);
  }
  return await scored(engine, 'pixels', reporter);
}

async function train(
  engine: EngineClient,
  { name, objective, settings }: Contender,
  seed: number,
  { epochs, size }: TrainingSize,
  reporter: ProgressReporter,
): Promise<Metrics> {
  const run = `${name}-seed${seed}`;
  if ((await runNamed(engine, run))?.state !== 'done') {
    const input = { name: run, objective, settings, epochs, size, seed, ledgerSize: 0, device };
    await runJob(engine, 'train', input, reporter);
  }
  return await scored(engine, run, reporter);
}

async function scored(
  engine: EngineClient,
  run: string,
  reporter: ProgressReporter,
): Promise<Metrics> {
  const before = await runNamed(engine, run);
  if (before?.metrics.linear === undefined) await runJob(engine, 'evaluate', { run }, reporter);
  return (await runNamed(engine, run))?.metrics ?? {};
}

async function runNamed(engine: EngineClient, name: string): Promise<RunSummary | undefined> {
  return (await engine.call('runs.list', {})).find((run) => run.name === name);
}
