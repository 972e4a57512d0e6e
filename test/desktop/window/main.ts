import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { electronHere } from './electron-here.ts';

/**
 * `npm run test:desktop [-- PATH … --name TEXT]`: the tests of the real window, where there is a real
 * Electron; else it says what is missing.
 */
const projectFolder = join(import.meta.dirname, '../../..');
const here = electronHere(projectFolder, process.env);

if ('obstacle' in here) {
  console.log(`The desktop window was not tested: ${here.obstacle}.`);
  console.log('0 passed, 0 failed');
} else {
  const config = join(import.meta.dirname, 'vitest.config.ts');
  const args = [join(projectFolder, 'test/run-tests.ts'), '--config', config];
  const run = spawn(process.execPath, [...args, ...process.argv.slice(2)], { stdio: 'inherit' });
  const [code] = (await once(run, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
}
