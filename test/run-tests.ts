import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import { slowestFiles } from './slowest-files.ts';

/**
 * `npm test [-- PATH …] [--name TEXT] [--project NAME] [--config FILE] [--slowest]`: runs vitest and closes with one
 * line that programs can read.
 */
const counts = { passed: 0, failed: 0, skipped: 0 };

try {
  await run();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(misuse(error) ?? error);
  counts.failed += 1;
}
if (counts.skipped > 0) console.log(`${counts.skipped} skipped`);
if (counts.passed + counts.failed === 0)
  console.error('No test was run: none is what was asked for.');
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      /** Only tests whose name, with those of its groups before it, matches this regular expression. */
      name: { type: 'string', short: 't' },
      /** Only the tests of this project of vitest.config.ts. */
      project: { type: 'string', multiple: true },
      /** Another file than vitest.config.ts. */
      config: { type: 'string' },
      /** Prints how long each file took, the longest first. */
      slowest: { type: 'boolean', default: false },
    },
  });
  const vitest = await startVitest(positionals, {
    run: true,
    watch: false,
    ...(values.config !== undefined && { config: values.config }),
    ...(values.name !== undefined && { testNamePattern: values.name }),
    ...(values.project !== undefined && { project: values.project }),
  });
  const modules = vitest.state.getTestModules();
  for (const module of modules) {
    if (module.errors().length > 0) counts.failed += 1;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') counts.passed += 1;
      else if (state === 'skipped') counts.skipped += 1;
      else counts.failed += 1;
    }
  }
  // Nothing is heard of files where what they share could not be set up.
  const heard = new Set(modules.map(({ moduleId }) => moduleId));
  counts.failed += vitest.state.getPaths().filter((file) => !heard.has(file)).length;
  counts.failed += vitest.state.getUnhandledErrors().length;
  const isMissed = (path: string): boolean =>
    !modules.some(({ moduleId }) => moduleId.includes(path) || moduleId.startsWith(resolve(path)));
  for (const path of modules.length > 0 ? positionals.filter(isMissed) : []) {
    console.error(`No test file has “${path}” in its path.`);
    counts.failed += 1;
  }
  await vitest.close();
  if (values.slowest) console.log(slowestFiles(modules));
}

/** What was wrong with the arguments, in a sentence; null where that was not the reason. */
function misuse({ message }: Error): string | null {
  const [, project] = /^No projects were found.* matched no projects: (.*?)\. /.exec(message) ?? [];
  if (project !== undefined) {
    return `There is no project ${project}; there are engine, renderer and browser.`;
  }
  const isMisused = /^Unknown option|^Option '|^Invalid regular expression/.test(message);
  return isMisused ? `${message.replace(/\. To specify.*/s, '')}.` : null;
}
