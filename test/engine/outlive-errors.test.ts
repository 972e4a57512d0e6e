import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('a process with errors that nothing catches goes on, logs them, and tells its clients', () => {
  const script = join(import.meta.dirname, 'outlive-process.ts');
  const { status, stdout } = spawnSync(process.execPath, ['--no-warnings', script], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(status).toBe(0);
  const { told, logged } = JSON.parse(stdout) as { told: string[]; logged: string[] };
  expect(told.slice(0, 3).toSorted()).toEqual(['a listener of ours', 'a promise', 'a timer']);
  expect(logged.slice(0, 3).toSorted()).toEqual([
    'Error: a timer',
    'RangeError: a promise',
    'TypeError: a listener of ours',
  ]);
  expect(told.slice(3)).toEqual(['the last one', 'a listener of faults']);
  expect(logged.slice(3)).toEqual(['Error: a listener of faults']);
});
