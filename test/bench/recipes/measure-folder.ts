import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLineOptions } from '../../../src-main/cli/command-line-options.ts';
import { runJob } from '../../../src-main/cli/run-job.ts';
import type { EngineClient } from '../../../src-main/contract/client.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { seedRandom, shuffledOrder } from '../../../src-main/engine/numeric/random.ts';
import type { Recipe } from './recipes.ts';

const adapter = { encoder: 'adapter', on: 'starter+hog', heldOut: 0 } as const;
const given = { labelsOf: ['train'] };

const recipes: readonly Recipe[] = [
  { name: 'raw pixels', embed: 'pixels' },
  { name: 'starter', embed: 'starter' },
  { name: 'starter+hog', embed: 'starter+hog' },
  { name: 'adapter, no labels', train: adapter },
  {
    name: 'adapter, negatives of one label masked',
    train: { ...adapter, ...given, labels: 'mask' },
  },
  { name: 'adapter, supcon', train: { ...adapter, ...given, objective: 'supcon' } },
  {
    name: 'adapter, supcon, begun as the features are',
    train: { ...adapter, ...given, objective: 'supcon', adapterStart: 'features' },
  },
];

/** What a recipe made of the pictures whose labels were hidden. */
export interface MeasuredFolder {
  readonly name: string;
  readonly seed: number;
  /** The accuracy by the 5 nearest pictures of the half whose labels were given. */
  readonly hiddenKnn: number;
  /** The same by a linear classifier. */
  readonly hiddenLinear: number;
  readonly seconds: number;
}

const silent = { show: () => undefined, end: () => undefined };

/**
 * Measures recipes on a folder of labelled folders, half of whose pictures go into the split `train`, by `seed`, and
 * half into `test`.
 */
export async function measureFolder(
  folder: string,
  seed: number,
  report: (message: string) => void,
): Promise<MeasuredFolder[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'negatoscope-recipes-'));
  const engine = createEngine({ ...commandLineOptions(), resumesJobs: false });
  try {
    const halves = join(scratch, 'pictures');
    await divide(folder, halves, seed);
    await engine.call('library.open', { file: join(scratch, 'library.sqlite') });
    await runJob(engine, 'scan', { folder: halves }, silent);
    const measured: MeasuredFolder[] = [];
    for (const recipe of recipes) {
      report(recipe.name);
      measured.push(await measureRecipe(engine, recipe, seed));
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
  const started = performance.now();
  const device = 'cpu';
  const { run } = train
    ? await runJob(engine, 'train', { ...train, seed, device }, silent)
    : await runJob(engine, 'embed', { encoder: embed ?? '', device }, silent);
  const seconds = (performance.now() - started) / 1000;
  const { split } = await runJob(engine, 'evaluate', { run }, silent);
  return {
    ...{ name, seed, seconds },
    hiddenKnn: split?.knn ?? NaN,
    hiddenLinear: split?.linear ?? NaN,
  };
}

/** Copies the pictures of each labelled folder into `train` and `test` of it, half and half. */
async function divide(from: string, to: string, seed: number): Promise<void> {
  const random = seedRandom(seed);
  const labels = (await readdir(from, { withFileTypes: true })).filter((one) => one.isDirectory());
  for (const { name } of labels.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const files = (await readdir(join(from, name))).toSorted();
    const order = shuffledOrder(files.length, random);
    for (const [position, index] of order.entries()) {
      const split = position < files.length / 2 ? 'train' : 'test';
      await mkdir(join(to, split, name), { recursive: true });
      const file = files[index] ?? '';
      await cp(join(from, name, file), join(to, split, name, file));
    }
  }
}
