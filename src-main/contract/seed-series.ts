import { takesFeatures } from './encoder-kinds.ts';
import type { JobInput } from './jobs.ts';
import type { TrainInput } from './runs.ts';

/** Most trainings that one press starts. */
export const mostSeeds = 50;

/** How a training is called that was given no name. */
export function defaultRunName(
  encoder: TrainInput['encoder'] | undefined,
  objective: string,
): string {
  return encoder !== undefined && takesFeatures(encoder) ? `${objective} ${encoder}` : objective;
}

/**
 * The inputs of trainings that differ by their seed alone: `name-s1`, `name-s2` and so on, by their
 * seeds. A single one stays as it is.
 */
export function seedSeries(
  input: JobInput<'train'>,
  seeds: number,
  name: string,
): JobInput<'train'>[] {
  if (seeds === 1) return [input];
  const first = input.seed ?? 1;
  return Array.from({ length: seeds }, (_, index) => ({
    ...input,
    name: `${name}-s${first + index}`,
    seed: first + index,
  }));
}

/**
 * The series under the given name; without one under the first free name: `simclr`, `simclr 2` and so
 * on. `isFree` is told the name of each training of a series.
 */
export function namedSeedSeries(
  input: JobInput<'train'>,
  seeds: number,
  isFree: (series: readonly JobInput<'train'>[]) => boolean,
): JobInput<'train'>[] {
  if (input.name !== undefined) return seedSeries(input, seeds, input.name);
  const wanted = defaultRunName(input.encoder, input.objective ?? 'simclr');
  let series = seedSeries(input, seeds, wanted);
  for (let number = 2; seeds > 1 && !isFree(series); number++) {
    series = seedSeries(input, seeds, `${wanted} ${number}`);
  }
  return series;
}
