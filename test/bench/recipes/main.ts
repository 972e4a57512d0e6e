import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { commandLineOptions } from '../../../src-main/cli/command-line-options.ts';
import { measureRecipes } from './measure-recipes.ts';
import type { MeasuredRecipe } from './measure-recipes.ts';
import { recipes } from './recipes.ts';

/**
 * `npm run bench:recipes [-- --only 'NAME;NAME' --seeds 3 --library FILE --markdown]`: what trainings make of
 * the demo's pictures, with and without verdicts on half of the emoji; medians over seeds, of which each has
 * another half. Prints JSON, or the table of docs/recipes.md.
 */
const { projectFolder } = commandLineOptions();
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    library: { type: 'string', default: join(projectFolder, 'demo/library.sqlite') },
    markdown: { type: 'boolean', default: false },
  },
});
const known = recipes.map(({ name }) => name);
const wanted = values.only?.split(';') ?? known;
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No recipe ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  process.exit(2);
}
const chosen = recipes.filter(({ name }) => wanted.includes(name));
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);

const measured: MeasuredRecipe[] = [];
for (const seed of seeds) {
  const scratch = await mkdtemp(join(tmpdir(), 'negatoscope-recipes-'));
  try {
    const libraryFile = join(scratch, 'library.sqlite');
    await copyFile(resolve(values.library), libraryFile);
    const report = (message: string): void => console.error(`seed ${seed}: ${message}`);
    measured.push(...(await measureRecipes(libraryFile, seed, chosen, report)));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
const medians = chosen.map(({ name }) => medianOf(measured.filter((one) => one.name === name)));
console.log(values.markdown ? table(medians) : JSON.stringify({ medians, measured }, null, 2));

function medianOf(all: readonly MeasuredRecipe[]): MeasuredRecipe {
  const [first] = all;
  if (!first) throw new Error('A recipe was not measured.');
  const middle = (of: (one: MeasuredRecipe) => number): number =>
    all.map(of).toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;
  return {
    ...first,
    knn: middle(({ knn }) => knn),
    knnOtherEmoji: middle(({ knnOtherEmoji }) => knnOtherEmoji),
    judgedHalf: middle(({ judgedHalf }) => judgedHalf),
    otherHalf: middle(({ otherHalf }) => otherHalf),
    seconds: middle(({ seconds }) => seconds),
  };
}

function table(rows: readonly MeasuredRecipe[]): string {
  const head = ['recipe', 'kNN', 'kNN, other emoji', 'judged half', 'other half', 'seconds'];
  const lines = rows.map((row) => [
    row.name,
    ...[row.knn, row.knnOtherEmoji, row.judgedHalf, row.otherHalf].map((one) => one.toFixed(3)),
    row.seconds.toFixed(0),
  ]);
  return [head, head.map(() => '---'), ...lines]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}
