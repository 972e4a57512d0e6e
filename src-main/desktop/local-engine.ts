import type { EngineBeginning } from '../contract/desktop.ts';
import type { ErrorReport } from '../contract/errors/errors.ts';
import type { EngineSettings } from '../contract/preferences.ts';
import type { ByteChannel } from '../rpc/byte-channel.ts';
import { EngineChild } from './engine-child.ts';
import { EngineUnreachable, type EngineLink } from './engine-link.ts';
import type { EngineStart, FirstLibrary, FromEngine } from './engine-messages.ts';

interface LocalEngineOptions extends Omit<EngineStart, 'first' | 'settings'> {
  /** With what an engine that begins now computes. */
  readonly settings: () => EngineSettings;
  /** The program of the bundled Node. */
  readonly nodeProgram: string;
  /** The path of the bundled engine-process.js. */
  readonly entry: string;
  /** What the engine opens at the app's start. */
  readonly first: FirstLibrary;
  /** The file of the library that is open, which an engine after a crash opens again; null for none. */
  readonly openLibrary: () => string | null;
  /** A line that the engine wrote, for the log. */
  readonly onLine: (line: string) => void;
  /** The first library could not be opened. */
  readonly onProblem: (problem: ErrorReport) => void;
  /** The engine has not answered for so many seconds; null once it answers again. */
  readonly onSilence: (seconds: number | null) => void;
}

/** An engine that fails so often one after the other is not started again by itself. */
const mostFailures = 3;
/** An engine that lived so long had not failed to start. */
const healthyMs = 60_000;
const keptLines = 40;
const ending = { sentence: 'The engine is ending.', log: '', isFinal: false };
const pingMs = 5000;
/** After this silence the window says so; reading a large library may take some seconds. */
const silenceMs = 30_000;
/** An engine that works says that it closes within this time. */
const answerMs = 2000;
/** So long may an engine take to finish its current step and close the library. */
const closeMs = 15_000;

/**
 * The engine in a process of its own. When the process dies, its channels close, by which the windows
 * know; the next one that is opened starts it again, and it resumes the job that it died in.
 */
export class LocalEngine implements EngineLink {
  readonly remoteName = null;
  readonly #options: LocalEngineOptions;
  #child: EngineChild | null = null;
  #lines: string[] = [];
  #failures = 0;
  #lastEnd = '';
  #beginning: FirstLibrary;
  #startedAt = 0;
  #heardAt = 0;
  #isSilent = false;
  #isClosing = false;
  #startedWith: EngineSettings | null = null;
  #onClosing: (() => void) | null = null;
  #heartbeat: NodeJS.Timeout | null = null;

  constructor(options: LocalEngineOptions) {
    this.#options = options;
    this.#beginning = options.first;
  }

  /** The settings of the engine that runs; null for none. */
  get startedWith(): EngineSettings | null {
    return this.#child === null ? null : this.#startedWith;
  }

  open(): Promise<ByteChannel> {
    if (this.#isClosing) return Promise.reject(new EngineUnreachable(ending));
    if (this.#child === null && this.#failures >= mostFailures) {
      return Promise.reject(new EngineUnreachable(this.#refusal()));
    }
    return Promise.resolve(this.#running().open());
  }

  /** Starts the engine anew, whatever happened before. */
  async restart(beginning: EngineBeginning): Promise<void> {
    this.#child?.kill();
    await this.#child?.ended;
    this.#failures = 0;
    if (beginning === 'no-library') this.#beginning = 'none';
  }

  /** Ends the engine in good order; the next way that is opened starts it anew, with what was open. */
  async renew(): Promise<void> {
    if (this.#isClosing) return;
    await this.close();
    this.#isClosing = false;
    this.#failures = 0;
    this.#beginWithOpen();
  }

  /** Asks the engine to finish, and ends it where it does not answer. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const child = this.#child;
    if (child === null) return;
    const kill = (): void => child.kill();
    let patience = setTimeout(kill, answerMs);
    this.#onClosing = () => {
      clearTimeout(patience);
      patience = setTimeout(kill, closeMs);
    };
    child.tell('close');
    await child.ended;
    clearTimeout(patience);
  }

  #running(): EngineChild {
    return this.#child ?? this.#start();
  }

  #start(): EngineChild {
    const { nodeProgram, entry, dataFolder, modelFolder, workingFolder } = this.#options;
    const settings = this.#options.settings();
    this.#startedWith = settings;
    this.#lines = [];
    this.#startedAt = performance.now();
    this.#heardAt = this.#startedAt;
    const child = new EngineChild({
      ...{ nodeProgram, entry },
      start: { dataFolder, modelFolder, workingFolder, settings, first: this.#beginning },
      onMessage: (message) => this.#hear(message),
      onLine: (line) => {
        this.#lines = [...this.#lines.slice(1 - keptLines), line];
        this.#options.onLine(line);
      },
      onEnd: (how) => {
        if (this.#child === child) this.#noteEnd(how);
      },
    });
    this.#child = child;
    this.#heartbeat = setInterval(() => this.#checkPulse(child), pingMs);
    return child;
  }

  #noteEnd(how: string): void {
    this.#child = null;
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    this.#endSilence();
    if (this.#isClosing) return;
    this.#lastEnd = how;
    const hasLived = performance.now() - this.#startedAt >= healthyMs;
    this.#failures = hasLived ? 1 : this.#failures + 1;
    this.#options.onLine(`The engine ended ${how}.`);
    this.#beginWithOpen();
  }

  /** What was open is opened again, not what the app was started with. */
  #beginWithOpen(): void {
    const file = this.#options.openLibrary();
    if (file !== null) this.#beginning = { file };
  }

  #hear(message: FromEngine): void {
    this.#heardAt = performance.now();
    this.#endSilence();
    if (message.kind === 'closing') this.#onClosing?.();
    if (message.kind !== 'started') return;
    if (message.problem !== null) this.#options.onProblem(message.problem);
    // A library that cannot be opened is told once.
    this.#beginning = message.problem === null ? 'last' : 'none';
  }

  #checkPulse(child: EngineChild): void {
    child.tell('ping');
    const silence = performance.now() - this.#heardAt;
    if (silence < silenceMs) return;
    this.#isSilent = true;
    this.#options.onSilence(Math.round(silence / 1000));
  }

  #endSilence(): void {
    if (!this.#isSilent) return;
    this.#isSilent = false;
    this.#options.onSilence(null);
  }

  #refusal(): EngineUnreachable['refusal'] {
    return {
      sentence: `The engine ended ${mostFailures} times one after the other, the last time ${this.#lastEnd}.`,
      log: this.#lines.join('\n'),
      isFinal: true,
    };
  }
}
