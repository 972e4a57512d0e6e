import { resolve } from 'node:path';
import { EngineError } from '../contract/errors.ts';
import type { JobInput, JobKind, JobResult } from '../contract/jobs.ts';
import type { Engine } from '../engine/engine.ts';
import { progressReporter } from './progress-reporter.ts';
import { runJob } from './run-job.ts';
import { printTable } from './text-table.ts';

/** Where things are, and where output goes. */
export interface CommandLineOptions {
  readonly dataFolder: string;
  readonly modelFolder: string;
  readonly projectFolder: string;
  readonly pageFolder: string;
  readonly workingFolder: string;
  readonly now: () => number;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Options that every command has. */
export interface GlobalOptions {
  readonly library?: string;
  readonly json?: boolean;
}

/** A command's answer: for programs, and for people. */
export interface CommandOutput {
  readonly json: unknown;
  readonly text: string | readonly (readonly string[])[];
}

/** What the commands share: the engine of the chosen library, and how answers are printed. */
export class CommandLine {
  readonly options: CommandLineOptions;
  readonly #global: GlobalOptions;

  constructor(global: GlobalOptions, options: CommandLineOptions) {
    this.options = options;
    this.#global = global;
  }

  get json(): boolean {
    return this.#global.json ?? false;
  }

  /** The absolute path of a path that the user gave. */
  path(given: string): string {
    return resolve(this.options.workingFolder, given);
  }

  /**
   * An engine with no library open; `read` leaves libraries to the process that holds them. One that
   * is served goes on with interrupted jobs, and lays out the map of what is embedded.
   */
  async createEngine(mode: 'read' | 'write', isServed = false): Promise<Engine> {
    // Loaded when it is needed: help and wrong arguments are answered at once.
    const { createEngine } = await import('../engine/engine.ts');
    return createEngine({
      ...this.options,
      isWriter: mode === 'write',
      resumesJobs: isServed,
      mapsEmbeddings: isServed,
    });
  }

  /** The library to open: `--library`, else the folder's own, else the last one used. */
  libraryChoice(folder?: string): { file?: string; folder?: string } {
    if (this.#global.library !== undefined) return { file: this.path(this.#global.library) };
    return folder === undefined ? {} : { folder };
  }

  /** Opens the library, asks it, prints the answer and closes it. */
  async answer(
    mode: 'read' | 'write',
    ask: (engine: Engine) => Promise<CommandOutput>,
    folder?: string,
  ): Promise<void> {
    const engine = await this.createEngine(mode);
    try {
      await engine.call('library.open', this.libraryChoice(folder));
      this.print(await ask(engine));
    } finally {
      await engine.close();
    }
  }

  async runJob<K extends JobKind>(
    engine: Engine,
    kind: K,
    input: JobInput<K>,
  ): Promise<JobResult<K>> {
    return await runJob(engine, kind, input, progressReporter(this.json, this.options.stderr));
  }

  print({ json, text }: CommandOutput): void {
    const { stdout } = this.options;
    if (this.json) stdout.write(`${JSON.stringify(json)}\n`);
    else if (typeof text === 'string') stdout.write(`${text}\n`);
    else printTable(text, stdout);
  }
}

/** A whole number from a command line. @throws EngineError bad-argument */
export function wholeNumber(option: string): (text: string) => number {
  return (text) => {
    if (/^\d+$/.test(text)) return Number(text);
    throw new EngineError('bad-argument', `${option} takes a whole number, not "${text}".`);
  };
}

/** A number from a command line. @throws EngineError bad-argument */
export function decimalNumber(option: string): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isFinite(number)) return number;
    throw new EngineError('bad-argument', `${option} takes a number, not "${text}".`);
  };
}
