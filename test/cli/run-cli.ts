import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const bin = join(import.meta.dirname, '../../src-main/cli/negatoscope.js');

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

/** The error of a command that ran with --json: the last line of its standard error. */
export function jsonError({ stderr }: CliResult): unknown {
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
}
