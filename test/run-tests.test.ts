import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

it.each([
  [['--nonsense'], /^Unknown option '--nonsense'\.$/, '0 passed, 1 failed'],
  [['--name'], /^Option '.*--name.*' argument missing\.$/, '0 passed, 1 failed'],
  [['--name', '('], /^Invalid regular expression: .*\.$/, '0 passed, 1 failed'],
  [['--project', 'nobody'], /^There is no project nobody; .*\.$/, '0 passed, 1 failed'],
  [['test/nowhere', '--slowest'], /^No test was run: .*\.$/m, '0 passed, 0 failed'],
])('npm test -- %j fails with a sentence, and ends with its one line', (args, says, last) => {
  const script = join(root, 'test/run-tests.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr.trimEnd()).toMatch(says);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(last);
  expect(status).toBe(1);
});
