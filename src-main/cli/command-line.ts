import { resolve } from 'node:path';
import type { EngineClient } from '../contract/client.ts';
import { EngineError } from '../contract/errors/errors.ts';
import type { JobInput, JobKind, JobResult } from '../contract/jobs.ts';
import type { Engine } from '../engine/engine.ts';
import { libraryOfFolder } from '../engine/session/library-of-folder.ts';
import { CommandEngine } from './command-engine.ts';
import { findRunningEngine, noRunningEngine } from './running-engine.ts';
import type { FoundEngine } from './running-engine.ts';
import { progressReporter } from './progress-reporter.ts';
import { runJob } from './run-job.ts';
import { printTable } from './text-table.ts';

/** The folders that the commands use, and the streams for output. */
export interface CommandLineOptions {
  readonly dataFolder: string;
  readonly modelFolder: string;
  readonly projectFolder: string;
  readonly pageFolder: string;
  readonly workingFolder: string;
  readonly now: () => number;
  /** Of Negatoscope. */
  readonly version: string;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Options that every command has. */
export interface GlobalOptions {
  readonly library?: string;
  readonly json?: boolean;
}

/** A command's answer: `json` for programs, `text` for people. */
export interface CommandOutput {
  readonly json: unknown;
  readonly text: string | readonly (readonly string[])[];
}

/** What all commands share: the engine of the chosen library, and how answers are printed. */
export class CommandLine {
  readonly options: CommandLineOptions;
  readonly #global: GlobalOptions;
  #engine: CommandEngine | null = null;

  constructor(global: GlobalOptions, options: CommandLineOptions) {
    this.options = options;
    this.#global = global;
  }

  get json(): boolean {
    return this.#global.json ?? false;
  }

  /** The absolute path for a path that the user gave. */
  path(given: string): string {
    return resolve(this.options.workingFolder, given);
  }

  /**
   * An engine with no library open. With `read`, it leaves libraries to the process that holds them.
   * The engine of a server resumes interrupted jobs, and makes the map of what was embedded.
   */
  async createEngine(mode: 'read' | 'write', isServed = false): Promise<Engine> {
    // Loaded only when it is needed: help and wrong arguments are answered without delay.
    const { createEngine } = await import('../engine/engine.ts');
    return createEngine({
      ...this.options,
      isWriter: mode === 'write',
      resumesJobs: isServed,
      mapsEmbeddings: isServed,
      leavesNoEmpty: !isServed,
    });
  }

  /** The library to open: `--library`, which is for the folder if it is new, else that of the folder, else the last one used. */
  libraryChoice(folder?: string): { file?: string; folder?: string } {
    const ofFolder = folder === undefined ? {} : { folder };
    if (this.#global.library === undefined) return ofFolder;
    return { file: this.path(this.#global.library), ...ofFolder };
  }

  /**
   * Calls the engine and prints the answer. The engine that has the library open is asked, if one runs;
   * else the library is opened by the first call, and closed at the end.
   */
  async answer(
    mode: 'read' | 'write',
    ask: (engine: EngineClient) => Promise<CommandOutput>,
    folder?: string,
  ): Promise<void> {
    const engine = new CommandEngine({
      create: () => this.createEngine(mode),
      choice: this.libraryChoice(folder),
      findRunning: () => this.findRunning(folder),
    });
    this.#engine = engine;
    try {
      this.print(await ask(engine));
    } finally {
      await engine.close();
    }
  }

  async runJob<K extends JobKind>(
    engine: EngineClient,
    kind: K,
    input: JobInput<K>,
  ): Promise<JobResult<K>> {
    const progress = progressReporter(this.json, this.options.stderr);
    return await runJob(engine, kind, input, progress, this.#engine ?? undefined);
  }

  /** The engine that has the chosen library open: the app, or a server. */
  async findRunning(folder: string | undefined): Promise<FoundEngine> {
    const { dataFolder, workingFolder, version } = this.options;
    const libraryFile = await this.libraryFile(folder);
    if (libraryFile === undefined) return noRunningEngine;
    return await findRunningEngine({ dataFolder, workingFolder, version, libraryFile });
  }

  /** The file that `library.open` would open; undefined where no library was used yet. */
  async libraryFile(folder?: string): Promise<string | undefined> {
    const { dataFolder } = this.options;
    const choice = this.libraryChoice(folder);
    if (choice.file !== undefined) return choice.file;
    if (choice.folder !== undefined) return libraryOfFolder(choice.folder, dataFolder, null);
    const { recentLibraries } = await import('../engine/session/recent-libraries.ts');
    return recentLibraries(dataFolder)[0]?.file;
  }

  print({ json, text }: CommandOutput): void {
    const { stdout } = this.options;
    if (this.json) stdout.write(`${JSON.stringify(json)}\n`);
    else if (typeof text === 'string') stdout.write(`${text}\n`);
    else printTable(text, stdout);
  }
}

/** Reads a whole number from the command line. @throws EngineError bad-argument */
export function wholeNumber(option: string): (text: string) => number {
  return (text) => {
    if (/^\d+$/.test(text)) return Number(text);
    throw new EngineError('bad-argument', `${option} takes a whole number, not "${text}".`);
  };
}

/** Reads a number from the command line. @throws EngineError bad-argument */
export function decimalNumber(option: string): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isFinite(number)) return number;
    throw new EngineError('bad-argument', `${option} takes a number, not "${text}".`);
  };
}
