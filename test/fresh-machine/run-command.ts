import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';

export interface CommandOptions {
  /** Everything written is added to this file. */
  readonly log: string;
  readonly timeoutMs?: number;
  /** A command that serves until it is stopped: it is, once its output matches. */
  readonly stopsAt?: RegExp | undefined;
}

export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
  readonly wasStopped: boolean;
}

/** Runs a command without input; its two outputs come as one text. */
export function runCommand(
  [file = '', ...args]: readonly string[],
  { log, timeoutMs = 3_600_000, stopsAt }: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    const child = spawn(file, args, { stdio: [...stdio], timeout: timeoutMs });
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    let output = '';
    let wasStopped = false;
    const take = (part: Buffer): void => {
      output += part.toString();
      appendFileSync(log, part);
      if (!stopsAt?.test(output) || wasStopped) return;
      wasStopped = true;
      end();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', end);
      resolve({ code, output, wasStopped });
    });
  });
}
