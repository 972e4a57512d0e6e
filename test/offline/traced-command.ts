import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { outgoingAddresses } from './outgoing-addresses.ts';

/** The calls of the kernel by which something is sent to an address. */
const watched = 'trace=connect,sendto,sendmsg,sendmmsg';
// What goes through a ring of requests to the kernel is in no trace: nobody gets one.
const refused = 'inject=io_uring_setup:error=ENOSYS';
// With a filter other calls are not looked at, which would take longer than they do; texts are nobody's business.
const flags = ['-f', '-qq', '--seccomp-bpf', '-s', '0', '-e', watched, '-e', refused];

/** Why programs cannot be watched here, in a sentence; null where they can. */
export function obstacleToTracing(): string | null {
  if (process.platform !== 'linux') return 'Only Linux has strace, which watches from outside.';
  const tried = spawnSync('strace', [...flags, '-o', '/dev/null', 'true']);
  if (tried.error !== undefined) return 'There is no strace here, which watches from outside.';
  return tried.status === 0 ? null : 'The strace here may not watch other programs, or is too old.';
}

export interface Traced {
  readonly code: number;
  /** The addresses of other machines that any of its processes named to the kernel. */
  readonly outgoing: readonly string[];
  /** The first calls that named them. */
  readonly calls: readonly string[];
  /** How many calls were watched: none would mean that nothing was seen. */
  readonly watched: number;
}

interface TraceOptions {
  readonly traceFile: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What is done when it has printed its first line; without it, what it prints is shown. */
  readonly attend?: (line: string) => Promise<void>;
}

const mostCalls = 20;

/** Runs a command to its end, with all processes that it starts, and tells where they wanted to send anything. */
export async function traceCommand(
  command: readonly string[],
  { traceFile, env = process.env, attend }: TraceOptions,
): Promise<Traced> {
  const child = spawn('strace', [...flags, '-o', traceFile, ...command], {
    env,
    stdio: attend === undefined ? ['ignore', 'inherit', 'inherit'] : ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) =>
      resolve(exitCode ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
  if (attend !== undefined) await attended(child, attend);
  const code = await ended;
  const trace = readFileSync(traceFile, 'utf8');
  rmSync(traceFile);
  const outgoing = outgoingAddresses(trace);
  const lines = trace.split('\n').filter((line) => line !== '');
  const calls = lines.filter((line) => outgoing.some((one) => line.includes(`"${one}"`)));
  return { code, outgoing, calls: calls.slice(0, mostCalls), watched: lines.length };
}

/** Lets a command that has printed a line go on until something is done with that; then its input ends. */
async function attended(
  child: ChildProcess,
  attend: (line: string) => Promise<void>,
): Promise<void> {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) return;
  try {
    for await (const line of createInterface(stdout)) {
      await attend(line);
      break;
    }
  } finally {
    stdin.end();
    stdout.resume();
  }
}
