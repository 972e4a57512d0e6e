import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import type { ServerLimits } from '../../src-main/server/limits.ts';
import { bin } from '../cli/run-cli.ts';
import { copyEmojiLibrary } from '../libraries/emoji-library.ts';

/** A server in a process of its own, which an attack may end or fill. */
export interface ServedProcess {
  readonly origin: string;
  readonly port: number;
  readonly token: string;
  readonly pid: number;
  /** The folder of its data. */
  readonly home: string;
  /** What it has written to both outputs so far, its address left out. */
  said(): string;
  /** Whether it still runs. */
  lives(): boolean;
  /** Ends it as Ctrl+C does; resolves to its exit code. */
  end(): Promise<number | null>;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

/** Starts `negatoscope serve` on a library of 96 emoji. */
export async function serveByCommand(
  home = mkdtempSync(join(tmpdir(), 'negatoscope-attacked-')),
  ...options: readonly string[]
): Promise<ServedProcess> {
  const { file } = await copyEmojiLibrary('no runs', home);
  return started(home, [bin, 'serve', '--json', '--library', file, ...options]);
}

/** Starts a server that has a library open but no page, with other limits than usual. */
export async function serveWithLimits(limits: Partial<ServerLimits>): Promise<ServedProcess> {
  const home = mkdtempSync(join(tmpdir(), 'negatoscope-attacked-'));
  const { file } = await copyEmojiLibrary('no runs', home);
  const entry = join(import.meta.dirname, 'serve-with-limits.ts');
  return started(home, [entry, JSON.stringify({ home, file, limits })]);
}

async function started(home: string, args: readonly string[]): Promise<ServedProcess> {
  const env = { ...process.env, NEGATOSCOPE_HOME: home };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const address = await new Promise<string>((resolve, reject) => {
    const lines = createInterface(child.stdout);
    lines.once('line', (line) => {
      lines.on('line', (more) => (said += more));
      resolve((JSON.parse(line) as { url: string }).url);
    });
    void ended.then((code) => reject(new Error(`The server ended with ${code}. ${said}`)));
  });
  const { origin, port, hash } = new URL(address);
  const end = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return ended;
  };
  return {
    ...{ origin, home, end },
    port: Number(port),
    token: new URLSearchParams(hash.slice(1)).get('token') ?? '',
    pid: child.pid ?? 0,
    said: () => said,
    lives: () => isRunning(child),
    close: async () => {
      await end();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** Megabytes of memory that a process has, or had at most; only Linux tells. */
export function megabytesOf({ pid }: ServedProcess, what: 'now' | 'at most'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const line = what === 'now' ? /VmRSS:\s+(\d+)/ : /VmHWM:\s+(\d+)/;
  return Number(line.exec(status)?.[1]) / 1024;
}

/** An open WebSocket to the engine, by the token. */
export async function openWindow({ port, token }: ServedProcess): Promise<WebSocket> {
  const protocols = ['negatoscope', `token.${token}`];
  const socket = new WebSocket(`ws://127.0.0.1:${port}/engine`, protocols);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  return socket;
}

/** Code and sentence with which a WebSocket is closed. */
export function closeOf(socket: WebSocket): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
}
