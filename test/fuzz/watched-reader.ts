import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReaderReady, ReadReply, ReadRequest } from './reader-messages.ts';

/** How an input ended of which the process died. */
export interface ReaderDeath {
  readonly number: number;
  readonly kind: 'crash' | 'hang' | 'memory';
  readonly text: string;
}

export interface ReaderLimits {
  readonly seconds: number;
  readonly growthBytes: number;
}

const startSeconds = 120;
const lookEveryMs = 50;
const pageBytes = 4096;

/** A process that reads inputs of a format, one at a time, and is ended where it takes too long or too much. */
export class WatchedReader {
  readonly #child: ChildProcess;
  readonly #limits: ReaderLimits;
  readonly #complaints: Buffer[] = [];

  private constructor(child: ChildProcess, limits: ReaderLimits) {
    this.#child = child;
    this.#limits = limits;
    child.stderr?.on('data', (bytes: Buffer) => this.#complaints.push(bytes));
    child.stdout?.resume();
  }

  /** Starts the process, in a folder that it has to itself. @throws Error where it does not start */
  static async start(
    format: string,
    seed: number,
    place: string,
    limits: ReaderLimits,
  ): Promise<WatchedReader> {
    const program = join(import.meta.dirname, 'reading-process.ts');
    const child = fork(program, [format, String(seed), place], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const reader = new WatchedReader(child, limits);
    const first = await reader.#next<ReaderReady>(startSeconds, Infinity);
    if (typeof first === 'string') {
      child.kill('SIGKILL');
      throw new Error(`The reader of ${format} did not start: ${first}. ${reader.#lastWords()}`);
    }
    return reader;
  }

  /** Has an input read; after a death the reader is of no more use. */
  async read(number: number): Promise<ReadReply | ReaderDeath> {
    const { seconds, growthBytes } = this.#limits;
    const before = this.#memory();
    this.#child.send({ number } satisfies ReadRequest);
    const reply = await this.#next<ReadReply>(seconds, before + growthBytes);
    if (typeof reply !== 'string') return reply;
    const kind = reply === 'time' ? 'hang' : reply === 'memory' ? 'memory' : 'crash';
    if (kind !== 'crash') await this.close();
    return { number, kind, text: kind === 'crash' ? `${reply}. ${this.#lastWords()}` : reply };
  }

  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.kill('SIGKILL');
    await ended;
  }

  /** The next message; or why there is none: `time`, `memory`, or how the process ended. */
  #next<Message extends object>(seconds: number, mostBytes: number): Promise<Message | string> {
    return new Promise((resolve) => {
      const settle = (how: Message | string): void => {
        clearTimeout(timer);
        clearInterval(looking);
        this.#child.off('message', onMessage).off('close', onClose);
        resolve(how);
      };
      const onMessage = (message: Message): void => settle(message);
      const onClose = (code: number | null, signal: string | null): void =>
        settle(`It ended with ${signal ?? `code ${code ?? 'none'}`}`);
      const timer = setTimeout(() => settle('time'), 1000 * seconds);
      const looking = setInterval(() => {
        if (this.#memory() > mostBytes) settle('memory');
      }, lookEveryMs);
      this.#child.on('message', onMessage).on('close', onClose);
    });
  }

  /** What the process holds, in bytes; 0 where the system does not tell. */
  #memory(): number {
    if (process.platform !== 'linux') return 0;
    try {
      const [, pages = '0'] = readFileSync(`/proc/${this.#child.pid}/statm`, 'utf8').split(' ');
      return Number(pages) * pageBytes;
    } catch {
      // It has just ended, which is told by its `close`.
      return 0;
    }
  }

  #lastWords(): string {
    return Buffer.concat(this.#complaints).toString().trim().slice(-2000);
  }
}
