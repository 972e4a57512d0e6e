import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const bin = join(import.meta.dirname, '../../src-main/cli/negatoscope.cjs');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command in a process of its own, with its data in `home`. */
export function runCli(home: string, args: readonly string[], cwd = home): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NEGATOSCOPE_HOME: home };
    const child = spawn(process.execPath, [bin, ...args], { cwd, env });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
    child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The answer of a command that ran with --json. */
export function parsed({ stdout }: CliResult): unknown {
  return JSON.parse(stdout);
}

/** The error of a command that ran with --json: the last line of its standard error. */
export function jsonError({ stderr }: CliResult): unknown {
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
}

/** Runs a command with --json and kills its process, without a warning, at a line of progress. */
export async function killAt(
  home: string,
  args: readonly string[],
  isMoment: (progress: Readonly<Record<string, unknown>>) => boolean,
): Promise<void> {
  const env = { ...process.env, NEGATOSCOPE_HOME: home };
  const child = spawn(process.execPath, [bin, ...args], { cwd: home, env });
  const closed = new Promise((resolve) => child.once('close', resolve));
  for await (const line of createInterface(child.stderr)) {
    if (!isMoment(JSON.parse(line) as Record<string, unknown>)) continue;
    child.kill('SIGKILL');
    break;
  }
  await closed;
}
