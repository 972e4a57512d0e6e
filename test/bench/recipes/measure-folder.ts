import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLineOptions } from '../../../src-main/cli/command-line-options.ts';
import { runJob } from '../../../src-main/cli/run-job.ts';
import type { EngineClient } from '../../../src-main/contract/client.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { choosePictures } from './chosen-pictures.ts';
import type { Recipe } from './recipes.ts';
import { startClock } from './used-time.ts';
import type { UsedTime } from './used-time.ts';

/** Labelled folders of pictures, and how many of these a library has; all where null. */
export interface PictureSet {
  readonly folder: string;
  readonly pictures: number | null;
  /** What its trainings have instead of the defaults. */
  readonly training: Partial<TrainInput>;
}

/** What a recipe made of the pictures whose labels were hidden. */
export interface MeasuredFolder extends UsedTime {
  readonly name: string;
  readonly seed: number;
  /** The accuracy by the 5 nearest pictures of the half whose labels were given. */
  readonly hiddenKnn: number;
  /** The same by a linear classifier. */
  readonly hiddenLinear: number;
}

const silent = { show: () => undefined, end: () => undefined };

/**
 * Measures recipes on pictures of a set that are chosen by `seed`, half of them in the split `train`, and half in
 * `test`.
 */
export async function measureFolder(
  set: PictureSet,
  seed: number,
  recipes: readonly Recipe[],
  report: (message: string) => void,
): Promise<MeasuredFolder[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'negatoscope-recipes-'));
  const engine = createEngine({ ...commandLineOptions(), resumesJobs: false });
  try {
    const halves = join(scratch, 'pictures');
    await copyChosen(set, halves, seed);
    await engine.call('library.open', { file: join(scratch, 'library.sqlite') });
    await runJob(engine, 'scan', { folder: halves }, silent);
    const measured: MeasuredFolder[] = [];
    for (const recipe of recipes) {
      report(recipe.name);
      const train = recipe.train && { ...recipe.train, ...set.training };
      const one = await measureRecipe(engine, { ...recipe, ...(train && { train }) }, seed);
      report(JSON.stringify(one));
      measured.push(one);
    }
    return measured;
  } finally {
    await engine.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function measureRecipe(
  engine: EngineClient,
  { name, embed, train }: Recipe,
  seed: number,
): Promise<MeasuredFolder> {
  const usedTime = startClock();
  const device = 'cpu';
  const { run } = train
    ? await runJob(engine, 'train', { ...train, seed, device }, silent)
    : await runJob(engine, 'embed', { encoder: embed ?? '', device }, silent);
  const used = usedTime();
  const { split } = await runJob(engine, 'evaluate', { run }, silent);
  return {
    ...{ name, seed, ...used },
    hiddenKnn: split?.knn ?? NaN,
    hiddenLinear: split?.linear ?? NaN,
  };
}

/** Copies the chosen pictures of each labelled folder into `train` and `test` of it. */
async function copyChosen(
  { folder, pictures }: PictureSet,
  to: string,
  seed: number,
): Promise<void> {
  const labels = (await readdir(folder, { withFileTypes: true })).filter((one) =>
    one.isDirectory(),
  );
  const filesByLabel = new Map<string, string[]>();
  for (const { name } of labels) filesByLabel.set(name, await readdir(join(folder, name)));
  for (const { label, file, split } of choosePictures(filesByLabel, pictures, seed)) {
    await mkdir(join(to, split, label), { recursive: true });
    await cp(join(folder, label, file), join(to, split, label, file));
  }
}
