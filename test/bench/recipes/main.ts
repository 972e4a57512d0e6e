import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { commandLineOptions } from '../../../src-main/cli/command-line-options.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { claimRecipes, claims } from './claims.ts';
import { fetchDigits } from './digits-folder.ts';
import { folderRecipes } from './folder-recipes.ts';
import { measureDifferent } from './measure-different.ts';
import { measureFolder } from './measure-folder.ts';
import type { PictureSet } from './measure-folder.ts';
import { measureRecipes } from './measure-recipes.ts';
import { spreadsByName } from './medians.ts';
import { pairedDifferences } from './paired-differences.ts';
import type { PairedDifference } from './paired-differences.ts';
import { recipeTable } from './recipe-table.ts';
import { recipes } from './recipes.ts';
import type { Recipe } from './recipes.ts';

/**
 * `npm run bench:recipes [-- --only 'NAME;NAME' --seeds 3 --library FILE --no-emoji --claims --folder NAME=PATH …
 * --digits --sizes 100,1000 --views 8 --epochs 30 --markdown]`: what trainings make of the demo's pictures, with
 * and without verdicts on half of the emoji, and with 100 hard negatives judged different; with --claims, which of
 * the papers' objectives is the better one there; and of each folder of labelled folders, half of whose labels are
 * hidden, all of its pictures or so many by the seed. --digits fetches such a folder from the npm registry; --epochs
 * is of training from nothing. Medians over seeds, of which each has another half. Prints JSON, or the
 * tables of docs/recipes.md.
 */
const { projectFolder } = commandLineOptions();
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    library: { type: 'string', default: join(projectFolder, 'demo/library.sqlite') },
    emoji: { type: 'boolean', default: true },
    claims: { type: 'boolean', default: false },
    folder: { type: 'string', multiple: true, default: [] },
    digits: { type: 'boolean', default: false },
    sizes: { type: 'string' },
    views: { type: 'string', default: '8' },
    epochs: { type: 'string', default: '30' },
    markdown: { type: 'boolean', default: false },
  },
  allowNegative: true,
});
/** The name of the measurement of pairs judged different. */
const different = 'judged different';
const wanted = values.only?.split(';');
refuseUnknown();
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
const results: Record<string, readonly object[]> = {};

if (values.emoji) await measureEmoji();
if (values.claims) await measureClaims();
for (const entry of values.folder) {
  const [name = '', path] = entry.split(/=(.*)/s);
  if (path === undefined) throw new Error(`--folder takes NAME=PATH, not "${entry}".`);
  await measureSizes(name, { folder: resolve(path), training: {} });
}
if (values.digits) {
  await inScratch(async (scratch) => {
    // A mirrored digit is none.
    const training = { augmentationOverrides: { flipProbability: 0 } };
    await measureSizes('digits', { folder: await fetchDigits(scratch), training });
  });
}
const summary = Object.fromEntries(
  Object.entries(results).map(([name, measured]) => [name, spreadsByName(measured)]),
);
console.log(
  values.markdown
    ? Object.entries(summary)
        .map(([name, rows]) => `${name}\n\n${recipeTable(rows)}`)
        .join('\n\n')
    : JSON.stringify({ summary, results }, withoutVotes, 2),
);

async function measureEmoji(): Promise<void> {
  const chosen = recipes.filter(isWanted);
  if (chosen.length > 0) {
    results['emoji'] = await ofEachSeed((seed, report) =>
      onCopy((file) => measureRecipes(file, seed, chosen, report)),
    );
  }
  if (isWanted({ name: different })) {
    results['100 hard negatives judged different'] = await ofEachSeed(async (seed, report) => {
      report(different);
      return [await onCopy((file) => measureDifferent(file, seed))];
    });
  }
}

async function measureClaims(): Promise<void> {
  const chosen = claimRecipes.filter(isWanted).map(sized);
  const differences: PairedDifference[] = [];
  results['objectives'] = await ofEachSeed(async (seed, report) => {
    const measured = await onCopy((file) => measureRecipes(file, seed, chosen, report));
    const ofSeed = pairedDifferences(measured, claims);
    for (const one of ofSeed) report(JSON.stringify(one));
    differences.push(...ofSeed);
    return measured;
  });
  results['differences within a seed'] = differences;
}

async function measureSizes(name: string, set: Omit<PictureSet, 'pictures'>): Promise<void> {
  for (const pictures of values.sizes?.split(',').map(Number) ?? [null]) {
    const title = pictures === null ? name : `${name}, ${pictures} pictures`;
    results[title] = await ofEachSeed((seed, report) =>
      measureFolder({ ...set, pictures }, seed, folderRecipes.filter(isWanted).map(sized), (text) =>
        report(`${title}: ${text}`),
      ),
    );
  }
}

/** The recipe with as many views, or epochs from nothing, as the command line says. */
function sized(recipe: Recipe): Recipe {
  if (!recipe.train) return recipe;
  const isAdapter = recipe.train.encoder === 'adapter';
  const chosen = isAdapter ? { views: Number(values.views) } : { epochs: Number(values.epochs) };
  return { ...recipe, train: { ...recipe.train, ...chosen } };
}

function isWanted({ name }: Pick<Recipe, 'name'>): boolean {
  return wanted?.includes(name) ?? true;
}

function refuseUnknown(): void {
  const all = [...recipes, ...claimRecipes, ...folderRecipes].map(({ name }) => name);
  const known = [...new Set(all), different];
  const unknown = wanted?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length === 0) return;
  console.error(`No recipe ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  process.exit(2);
}

function withoutVotes(key: string, value: unknown): unknown {
  return key === 'right' ? undefined : value;
}

async function ofEachSeed<T>(
  measure: (seed: number, report: (message: string) => void) => Promise<T[]>,
): Promise<T[]> {
  const measured: T[] = [];
  for (const seed of seeds) {
    measured.push(...(await measure(seed, (message) => console.error(`seed ${seed}: ${message}`))));
  }
  return measured;
}

/** Calls with a copy of the library without its verdicts, which is removed afterwards. */
async function onCopy<T>(measure: (libraryFile: string) => Promise<T>): Promise<T> {
  return await inScratch(async (scratch) => {
    const libraryFile = join(scratch, 'library.sqlite');
    await copyFile(resolve(values.library), libraryFile);
    const library = openLibrary(libraryFile, { mode: 'write', now: Date.now });
    // The demo has judged half of its emoji, and each measurement judges its own.
    library.write(() => library.query('DELETE FROM verdicts').run());
    library.close();
    return await measure(libraryFile);
  });
}

/** Calls with a folder, which is removed afterwards. */
async function inScratch<T>(use: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'negatoscope-recipes-'));
  try {
    return await use(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
