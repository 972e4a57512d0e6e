import { spawn, type ChildProcess } from 'node:child_process';
import { Duplex } from 'node:stream';
import { encodedChannel, type ByteChannel } from '../rpc/byte-channel.ts';
import type { Channel } from '../rpc/channel.ts';
import { FramedStream } from '../rpc/framed-stream.ts';
import {
  engineChannels,
  fromEngine,
  type EngineStart,
  type FromEngine,
  type ToEngine,
} from './engine-messages.ts';

interface EngineChildOptions {
  /** The program of the bundled Node. */
  readonly nodeProgram: string;
  /** The path of the bundled engine-process.js. */
  readonly entry: string;
  readonly start: EngineStart;
  readonly onMessage: (message: FromEngine) => void;
  /** What the process writes, by lines. */
  readonly onLine: (line: string) => void;
  /** The process has ended, or did not begin; `how` is the end of a sentence, as in "with exit code 1". */
  readonly onEnd: (how: string) => void;
}

/** One process of the engine, and the pipe to it, which no other process can open. */
export class EngineChild {
  readonly #process: ChildProcess;
  readonly #pipe: FramedStream;
  readonly #control: Channel;
  readonly ended: Promise<void>;

  constructor(options: EngineChildOptions) {
    const { nodeProgram, entry, start, onMessage, onLine, onEnd } = options;
    this.#process = spawn(nodeProgram, [entry, JSON.stringify(start)], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const { stdio } = this.#process;
    for (const stream of [stdio[1], stdio[2]])
      if (stream && 'on' in stream) readLines(stream, onLine);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.ended = promise;
    const end = (how: string): void => {
      resolve(undefined);
      onEnd(how);
    };
    this.#process.once('error', (error) => end(`because ${error.message}`));
    // Not "exit": what the process wrote last, as why it ends, may come after that.
    this.#process.once('close', (code, signal) => end(howItEnded(code, signal)));
    const [, , , pipe] = stdio;
    if (!(pipe instanceof Duplex)) throw new Error('A child with four pipes has a fourth one.');
    this.#pipe = new FramedStream(pipe, () => undefined);
    this.#control = encodedChannel(this.#pipe.open(engineChannels.control));
    this.#control.listen(
      (message) => {
        const told = fromEngine.safeParse(message);
        if (told.success) onMessage(told.data);
        else onLine(`The engine told what is not known here: ${told.error.message}`);
      },
      () => undefined,
    );
  }

  /** A new way to the engine; it is closed at once where the process has ended. */
  open(): ByteChannel {
    return this.#pipe.open(engineChannels.engine);
  }

  tell(kind: ToEngine['kind']): void {
    this.#control.post({ kind } satisfies ToEngine);
  }

  /** Ends the process at once: it has no time to finish anything, and what is committed is safe. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }
}

function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `with exit code ${String(code)}` : `by the signal ${signal}`;
}

function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let begun = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (begun + text).split(/\r?\n/);
    begun = lines.pop() ?? '';
    for (const line of lines) if (line !== '') onLine(line);
  });
  stream.on('end', () => {
    if (begun !== '') onLine(begun);
  });
}
