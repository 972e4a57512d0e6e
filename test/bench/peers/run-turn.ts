import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { Side, Sizes, TurnResult } from './work.ts';

/** What a turn ended with instead of its figures. */
export class TurnFailed extends Error {}

/** Where the turns of some work run. */
export interface TurnPlace {
  /** The Python of a peer that has one. */
  readonly python: string | null;
  /** What `prepare` wrote into; what the sides leave for each other is there too. */
  readonly folder: string;
  /** For files that are gone with the whole benchmark. */
  readonly temporary: string;
  readonly signal: AbortSignal;
}

const printed = z.object({
  by: z.string(),
  seconds: z.record(z.string(), z.number().positive()),
  notes: z.record(z.string(), z.number()).default({}),
});

const lastOfErrors = 1500;

/** Milliseconds in which a process that is asked to end may close what it began. */
const patience = 3000;

/**
 * One turn of one side in a process of its own, which prints a line of JSON at its end. It is ended, with all that
 * it began, when the signal says so.
 * @throws TurnFailed where the process fails or prints something else, the signal's reason
 */
export async function runTurn(side: Side, sizes: Sizes, place: TurnPlace): Promise<TurnResult> {
  const { command, args } = commandOf(side, { ...sizes, ...side.sizes }, place);
  const { code, stdout, stderr } = await output(
    command,
    args,
    {
      ...{ ...process.env, ...threadLimits(side.sizes?.['threads'] ?? sizes['threads']) },
      ...{ TMPDIR: place.temporary, TEMP: place.temporary, TMP: place.temporary },
    },
    place.signal,
  );
  place.signal.throwIfAborted();
  const last = stdout.trim().split('\n').at(-1) ?? '';
  if (code !== 0) throw new TurnFailed(`It ended with code ${code}: ${lastLine(stderr)}`);
  try {
    return printed.parse(JSON.parse(last));
  } catch (cause) {
    throw new TurnFailed(`It printed no figures but "${last.slice(0, 200)}".`, { cause });
  }
}

function commandOf(
  side: Side,
  sizes: Sizes,
  { python, folder }: TurnPlace,
): { readonly command: string; readonly args: readonly string[] } {
  if (side.kind === 'node') {
    const file = join(import.meta.dirname, 'turns', `${side.turn}.ts`);
    return {
      command: process.execPath,
      args: ['--no-warnings', file, folder, JSON.stringify(sizes)],
    };
  }
  if (python === null) throw new Error('A peer in Python is run without one.');
  const given = Object.entries(sizes).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const script = join(import.meta.dirname, 'python', side.script);
  return {
    command: python,
    args: ['-B', script, ...(side.args ?? []), '--folder', folder, ...given],
  };
}

/** What libraries of Python take their number of threads from. */
function threadLimits(threads: number | undefined): Record<string, string> {
  if (threads === undefined) return {};
  const names = ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'NUMBA_NUM_THREADS'];
  return Object.fromEntries(names.map((name) => [name, String(threads)]));
}

interface Output {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

function output(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Output> {
  const { promise, resolve, reject } = Promise.withResolvers<Output>();
  // A group of its own, so that Ctrl+C reaches it through us, and reaches what it began too.
  const detached = process.platform !== 'win32';
  const child = spawn(command, args, { env, detached, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-lastOfErrors);
  });
  const send = (name: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(detached ? -child.pid : child.pid, name);
    } catch {
      // It has ended by itself.
    }
  };
  const end = (): void => {
    send('SIGTERM');
    setTimeout(() => send('SIGKILL'), patience).unref();
  };
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  child.on('error', (error) =>
    reject(new TurnFailed(`${command} does not start: ${error.message}`)),
  );
  child.on('close', (code, killed) => {
    signal.removeEventListener('abort', end);
    resolve({ code: code ?? killed ?? 'none', stdout, stderr });
  });
  return promise;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
