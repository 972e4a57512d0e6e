import { relative } from 'node:path';
import type { TestModule } from 'vitest/node';

const shown = 40;

/**
 * A table of the test files that took longest, in seconds: all in all, in their tests, before and
 * after them (hooks), and until they had begun (starting a process and importing).
 */
export function slowestFiles(modules: readonly TestModule[]): string {
  const rows = modules.map(timesOf).toSorted((one, other) => other.all - one.all);
  const name = `${rows.length} files, which ${concurrent(modules)} processes shared`;
  const sums = { name, all: 0, tests: 0, hooks: 0, start: 0 };
  for (const row of rows) {
    for (const part of ['all', 'tests', 'hooks', 'start'] as const) sums[part] += row[part];
  }
  const head = '     all   tests   hooks   start  file';
  const lines = [...rows.slice(0, shown), sums].map(
    ({ name, ...times }) =>
      `${[times.all, times.tests, times.hooks, times.start].map(inSeconds).join('')}  ${name}`,
  );
  return [head, ...lines].join('\n');
}

function timesOf(module: TestModule) {
  const { duration, collectDuration, prepareDuration, setupDuration, environmentSetupDuration } =
    module.diagnostic();
  const tests = [...module.children.allTests()].reduce(
    (sum, test) => sum + (test.diagnostic()?.duration ?? 0),
    0,
  );
  const start = collectDuration + prepareDuration + setupDuration + environmentSetupDuration;
  const name = relative(process.cwd(), module.moduleId);
  return { name, all: duration + start, tests, hooks: Math.max(0, duration - tests), start };
}

function concurrent(modules: readonly TestModule[]): number {
  return new Set(modules.map((module) => module.diagnostic().concurrencyId)).size;
}

function inSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1).padStart(8);
}
