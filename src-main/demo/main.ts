import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandLine } from '../cli/command-line.ts';
import { commandLineOptions } from '../cli/command-line-options.ts';
import { exitCodeOf, reportError } from '../cli/exit-code.ts';
import { progressReporter } from '../cli/progress-reporter.ts';
import { serveExplorer } from '../cli/serve.ts';
import { printTable } from '../cli/text-table.ts';
import { createEngine } from '../engine/engine.ts';
import { readDemoRecipe } from './demo-folder.ts';
import { emojiScores } from './emoji-scores.ts';
import { comparedRuns, demoTable, runDemo } from './run-demo.ts';
import { judgedEmoji } from './same-emoji-verdicts.ts';

const options = commandLineOptions();
const demoFolder = join(options.projectFolder, 'demo');
const libraryFile = join(demoFolder, 'library.sqlite');

/**
 * Makes the demo's library; resolves to the numbers of the two trainings, which the explorer shows side
 * by side.
 */
async function prepare(withFromNothing: boolean): Promise<readonly number[]> {
  const started = options.now();
  const recipe = await readDemoRecipe(join(options.projectFolder, 'resources/demo-recipe.json'));
  const engine = createEngine({ ...options, resumesJobs: false });
  try {
    await engine.call('library.open', { file: libraryFile });
    const reporter = progressReporter(false, options.stderr);
    const demo = {
      folder: join(demoFolder, 'pictures'),
      verdictFile: join(demoFolder, 'verdicts.csv'),
      ...{ recipe, withFromNothing, now: options.now },
    };
    const runs = await runDemo(engine, demo, reporter);
    const { paths } = await engine.call('library.samples', {});
    const judged = judgedEmoji(paths);
    const scores = await emojiScores(
      libraryFile,
      runs.map(({ run }) => run),
      (emoji) => judged.has(emoji),
    );
    printTable(demoTable(runs, scores), options.stdout);
    options.stdout.write(`Ready in ${Math.round((options.now() - started) / 1000)} s.\n`);
    return comparedRuns.map((name) => runs.find((run) => run.name === name)?.run ?? 0);
  } finally {
    await engine.close();
  }
}

/**
 * Opens the explorer on the demo's library, as `negatoscope open` does, with two runs side by side and whether
 * the verdicts of the second paid.
 */
async function explore(compared: readonly number[]): Promise<void> {
  const line = new CommandLine({ library: libraryFile }, options);
  await serveExplorer(
    line,
    { port: 0, host: '127.0.0.1' },
    {
      opensBrowser: true,
      link: `compare=${compared.join(',')}&pay=${compared.at(-1)}`,
    },
  );
}

try {
  const { values } = parseArgs({
    options: {
      open: { type: 'boolean', default: true },
      'from-nothing': { type: 'boolean', default: false },
    },
    allowNegative: true,
  });
  const compared = await prepare(values['from-nothing']);
  if (values.open) await explore(compared);
} catch (error) {
  reportError(error, false, options.stderr);
  process.exitCode = exitCodeOf(error);
}
