import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { commandLineOptions } from '../../../src-main/cli/command-line-options.ts';
import { progressReporter } from '../../../src-main/cli/progress-reporter.ts';
import { buildDemoFolder, readDemoRecipe } from '../../../src-main/demo/demo-folder.ts';
import { markdownTable } from './markdown-table.ts';
import { measureFolder } from './measure-folder.ts';

/**
 * `npm run bench:objectives [-- --folder NAME=PATH … --epochs 10 --size 24 --seeds 3 --json]`: kNN
 * and linear accuracy of the objectives at equal steps, over seeds, on the demo's emoji and on
 * every folder given. Interrupted, it goes on where it was.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string', multiple: true, default: [] },
    epochs: { type: 'string', default: '10' },
    size: { type: 'string', default: '24' },
    seeds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const options = commandLineOptions();
const training = {
  epochs: Number(values.epochs),
  size: Number(values.size),
  seeds: Number(values.seeds),
};
const workFolder = join(options.projectFolder, '.cache/bench-objectives');
await mkdir(workFolder, { recursive: true });
const emoji = join(options.projectFolder, 'demo/pictures');
const recipe = await readDemoRecipe(join(options.projectFolder, 'resources/demo-recipe.json'));
await buildDemoFolder(emoji, recipe, () => undefined);
const named = values.folder.map((entry) => {
  const [name = '', path] = entry.split(/=(.*)/s);
  if (path !== undefined) return { name, folder: resolve(path) };
  throw new Error(`--folder takes NAME=PATH, not "${entry}".`);
});
const reporter = progressReporter(false, options.stderr);
const folders = [];
for (const { name, folder } of [{ name: 'emoji', folder: emoji }, ...named]) {
  const measured = await measureFolder(name, folder, training, workFolder, options, reporter);
  folders.push({ name, measured });
}
console.log(values.json ? JSON.stringify({ training, folders }) : markdownTable(folders));
