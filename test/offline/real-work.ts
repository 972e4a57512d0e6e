import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { bin } from '../cli/run-cli.ts';
import { emojiFolder } from '../contract/engine-shells.ts';

/**
 * What a person does with the program, for `offline.test.ts` to watch from outside: commands, then `serve`, which prints
 * its address and ends with this process's input. Its data is in the folder NEGATOSCOPE_HOME.
 */
run('scan', emojiFolder);
run('embed', '--encoder', 'starter');
run('map', '--run', '1');
run('neighbours', '--run', '1', '--anchor', 'food-fruit/1f345__noto.png');
const server = spawn(process.execPath, [bin, 'serve'], { stdio: ['ignore', 'inherit', 'inherit'] });
process.stdin.resume().once('end', () => server.kill('SIGTERM'));
const [code] = (await once(server, 'exit')) as [number | null];
process.exitCode = code ?? 1;

function run(...args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
}
