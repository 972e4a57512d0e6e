import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from './engine/store/temporary-library.ts';

const root = join(import.meta.dirname, '..');

function runTests(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const script = join(root, 'test/run-tests.ts');
  const options = { cwd: root, env, encoding: 'utf8', timeout: 240_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], options);
  return { status, stderr: stderr.trimEnd(), last: stdout.trimEnd().split('\n').at(-1) };
}

it.each([
  [['--nonsense'], /^Unknown option '--nonsense'\.$/, '0 passed, 1 failed'],
  [['--name'], /^Option '.*--name.*' argument missing\.$/, '0 passed, 1 failed'],
  [['--name', '('], /^Invalid regular expression: .*\.$/, '0 passed, 1 failed'],
  [['--project', 'nobody'], /^There is no project nobody; .*\.$/, '0 passed, 1 failed'],
  [
    ['test/engine/map/align-maps.test.ts', 'test/nowhere'],
    /^No test file has “test\/nowhere” in its path\.$/,
    '4 passed, 1 failed',
  ],
  [['test/nowhere', '--slowest'], /^No test was run: .*\.$/m, '0 passed, 0 failed'],
])('npm test -- %j fails with a sentence, and ends with its one line', (args, says, last) => {
  const told = runTests(args);
  expect(told).toMatchObject({ status: 1, last });
  expect(told.stderr).toMatch(says);
});

it('npm test fails, and ends, where the browser that tests share cannot be started', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'chromium'), 'no program', { mode: 0o644 });
  const told = runTests(['test/e2e/map-pointer.test.ts'], { ...process.env, TMPDIR: folder });
  expect(told).toMatchObject({ status: 1, last: '0 passed, 1 failed' });
  expect(told.stderr).toContain('EACCES');
});
