import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { commandLineOptions } from '../../../src-main/cli/command-line-options.ts';
import { progressReporter } from '../../../src-main/cli/progress-reporter.ts';
import { buildDemoFolder, readDemoRecipe } from '../../../src-main/demo/demo-folder.ts';
import { markdownTable } from './markdown-table.ts';
import { measureFolder } from './measure-folder.ts';

/**
 * `npm run bench:objectives [-- --folder NAME=PATH … --no-emoji --epochs 10 --size 24 --seeds 3
 * --json]`: kNN and linear accuracy of the objectives at equal steps, over seeds, on the demo's
 * emoji and on every folder given. Interrupted, it goes on where it was.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string', multiple: true, default: [] },
    emoji: { type: 'boolean', default: true },
    epochs: { type: 'string', default: '10' },
    size: { type: 'string', default: '24' },
    seeds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
  allowNegative: true,
});
const options = commandLineOptions();
const training = {
  epochs: wholeNumber('epochs', values.epochs),
  size: wholeNumber('size', values.size),
  seeds: wholeNumber('seeds', values.seeds),
};
const workFolder = join(options.projectFolder, '.cache/bench-objectives');
await mkdir(workFolder, { recursive: true });
const named = values.folder.map((entry) => {
  const [name = '', path] = entry.split(/=(.*)/s);
  if (path !== undefined) return { name, folder: resolve(path) };
  throw new Error(`--folder takes NAME=PATH, not "${entry}".`);
});
if (values.emoji) named.unshift({ name: 'emoji', folder: await buildEmoji() });
const reporter = progressReporter(false, options.stderr);
const folders = [];
for (const { name, folder } of named) {
  const measured = await measureFolder(name, folder, training, workFolder, options, reporter);
  folders.push({ name, measured });
}
console.log(values.json ? JSON.stringify({ training, folders }) : markdownTable(folders));

async function buildEmoji(): Promise<string> {
  const folder = join(options.projectFolder, 'demo/pictures');
  const recipe = await readDemoRecipe(join(options.projectFolder, 'resources/demo-recipe.json'));
  await buildDemoFolder(folder, recipe, () => undefined);
  return folder;
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`--${name} takes a whole number of at least 1, not "${text}".`);
}
