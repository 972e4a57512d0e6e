import { checkInput } from '../contract/check-input.ts';
import type { EngineClient } from '../contract/client.ts';
import { jobKinds } from '../contract/jobs.ts';
import type { JobInput, JobStatus } from '../contract/jobs.ts';
import type { TrainResult } from '../contract/runs.ts';
import { namedSeedSeries } from '../contract/seed-series.ts';

type Train = (input: JobInput<'train'>) => Promise<TrainResult>;

/**
 * Trains once for each seed, one after the other and all on the same pictures. Trainings of the same
 * series that were done before are not done again, so that an interrupted series goes on.
 */
export async function trainSeeds(
  engine: EngineClient,
  input: JobInput<'train'>,
  seeds: number,
  train: Train,
): Promise<TrainResult[]> {
  if (seeds === 1) return [await train(input)];
  const names = new Set((await engine.call('runs.list', { archived: true })).map(nameOf));
  const jobs = (await engine.call('jobs.list', {})).filter(({ kind }) => kind === 'train');
  const series = namedSeedSeries(input, seeds, (wanted) => {
    const taken = wanted.filter(({ name = '' }) => names.has(name));
    const begun = wanted.map((one, index) => jobs.find((job) => isOf(job, one, index > 0)));
    const isFinished =
      taken.length === wanted.length && begun.every((job) => job?.state === 'done');
    return !isFinished && taken.every((one) => begun[wanted.indexOf(one)] !== undefined);
  });
  const results: TrainResult[] = [];
  let first: number | null = null;
  for (const one of series) {
    const wanted: JobInput<'train'> = { ...one, ...(first !== null && { samePicturesAs: first }) };
    const done = jobs.find((job) => job.state === 'done' && isSame(job, wanted));
    const isThere = done !== undefined && names.has(one.name ?? '');
    const result = isThere ? jobKinds.train.result.parse(done.result) : await train(wanted);
    results.push(result);
    first ??= isThere ? done.job : await jobOf(engine, result);
  }
  return results;
}

/** Whether a job is a training of this input, after the first one of its series. */
function isOf(job: JobStatus, input: JobInput<'train'>, isLater: boolean): boolean {
  const { samePicturesAs } = job.input as { readonly samePicturesAs?: number };
  if (isLater !== (samePicturesAs !== undefined)) return false;
  return isSame(job, { ...input, ...(isLater && { samePicturesAs }) });
}

function isSame(job: JobStatus, input: JobInput<'train'>): boolean {
  const checked = checkInput('jobs.start', { kind: 'train', input });
  return JSON.stringify(job.input) === JSON.stringify(checked.input);
}

async function jobOf(engine: EngineClient, { run }: TrainResult): Promise<number | null> {
  const runs = await engine.call('runs.list', { archived: true });
  const job = runs.find((one) => one.run === run)?.settings['job'];
  return typeof job === 'number' ? job : null;
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}
