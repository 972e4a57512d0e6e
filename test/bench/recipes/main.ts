import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { commandLineOptions } from '../../../src-main/cli/command-line-options.ts';
import { measureDifferent } from './measure-different.ts';
import { measureFolder } from './measure-folder.ts';
import { measureRecipes } from './measure-recipes.ts';
import { mediansByName } from './medians.ts';
import { recipeTable } from './recipe-table.ts';
import { recipes } from './recipes.ts';

/**
 * `npm run bench:recipes [-- --only 'NAME;NAME' --seeds 3 --library FILE --no-emoji --folder NAME=PATH … --markdown]`:
 * what trainings make of the demo's pictures, with and without verdicts on half of the emoji, and with 100
 * hard negatives judged different; and of each folder of labelled folders, half of whose labels are
 * hidden. Medians over seeds, of which each has another half. Prints JSON, or the tables of docs/recipes.md.
 */
const { projectFolder } = commandLineOptions();
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    library: { type: 'string', default: join(projectFolder, 'demo/library.sqlite') },
    emoji: { type: 'boolean', default: true },
    folder: { type: 'string', multiple: true, default: [] },
    markdown: { type: 'boolean', default: false },
  },
  allowNegative: true,
});
/** The name of the measurement of pairs judged different. */
const different = 'judged different';
const known = [...recipes.map(({ name }) => name), different];
const wanted = values.only?.split(';') ?? known;
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No recipe ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  process.exit(2);
}
const chosen = recipes.filter(({ name }) => wanted.includes(name));
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
const results: Record<string, readonly object[]> = {};

if (values.emoji) {
  if (chosen.length > 0) {
    results['emoji'] = await ofEachSeed((seed, report) =>
      onCopy((file) => measureRecipes(file, seed, chosen, report)),
    );
  }
  if (wanted.includes(different)) {
    results['100 hard negatives judged different'] = await ofEachSeed(async (seed, report) => {
      report(different);
      return [await onCopy((file) => measureDifferent(file, seed))];
    });
  }
}
for (const entry of values.folder) {
  const [name = '', path] = entry.split(/=(.*)/s);
  if (path === undefined) throw new Error(`--folder takes NAME=PATH, not "${entry}".`);
  results[name] = await ofEachSeed((seed, report) => measureFolder(resolve(path), seed, report));
}
const medians = Object.fromEntries(
  Object.entries(results).map(([name, measured]) => [name, mediansByName(measured)]),
);
console.log(
  values.markdown
    ? Object.entries(medians)
        .map(([name, rows]) => `${name}\n\n${recipeTable(rows)}`)
        .join('\n\n')
    : JSON.stringify({ medians, results }, null, 2),
);

async function ofEachSeed<T>(
  measure: (seed: number, report: (message: string) => void) => Promise<T[]>,
): Promise<T[]> {
  const measured: T[] = [];
  for (const seed of seeds) {
    measured.push(...(await measure(seed, (message) => console.error(`seed ${seed}: ${message}`))));
  }
  return measured;
}

/** Calls with a copy of the library, which is removed afterwards. */
async function onCopy<T>(measure: (libraryFile: string) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'negatoscope-recipes-'));
  try {
    const libraryFile = join(scratch, 'library.sqlite');
    await copyFile(resolve(values.library), libraryFile);
    return await measure(libraryFile);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
