import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadReply } from './reader-messages.ts';
import { WatchedReader } from './watched-reader.ts';
import type { ReaderDeath } from './watched-reader.ts';

/** An input that did not end as it must. */
export interface FuzzFailure {
  readonly number: number;
  readonly kind: ReaderDeath['kind'] | 'fault';
  readonly text: string;
  readonly story: string;
}

/** What came of the inputs of one format. */
export interface FormatReport {
  readonly format: string;
  readonly seed: number;
  readonly inputs: number;
  readonly refused: number;
  readonly read: number;
  readonly failures: readonly FuzzFailure[];
  readonly longestMs: number;
  readonly mostBytes: number;
  /** The numbers of the inputs that took longest and most. */
  readonly longest: number;
  readonly most: number;
}

export interface FormatRun {
  readonly seed: number;
  /** The numbers of the inputs, from `first` on. */
  readonly first: number;
  readonly count: number;
  /** Begins no further input after so many seconds. */
  readonly seconds: number;
  /** An input that takes longer is one that hangs. */
  readonly hangSeconds: number;
  readonly onFailure?: (failure: FuzzFailure) => void;
}

const growthBytes = 2 ** 30;

/** Reads inputs of a format one after the other, in a process that is started anew when it dies. */
export async function runFormat(format: string, run: FormatRun): Promise<FormatReport> {
  const limits = { seconds: run.hangSeconds, growthBytes };
  const tally = new Tally();
  const until = performance.now() + 1000 * run.seconds;
  let reader: WatchedReader | null = null;
  let place = '';
  try {
    for (let number = run.first; number < run.first + run.count; number++) {
      if (performance.now() > until) break;
      if (reader === null) {
        place = await mkdtemp(join(tmpdir(), 'negatoscope-fuzz-'));
        reader = await WatchedReader.start(format, run.seed, place, limits);
      }
      const outcome = await reader.read(number);
      const failure = tally.add(outcome);
      if (failure !== null) run.onFailure?.(failure);
      if ('milliseconds' in outcome) continue;
      reader = null;
      await rm(place, { recursive: true, force: true });
    }
  } finally {
    await reader?.close();
    if (place !== '') await rm(place, { recursive: true, force: true });
  }
  return { format, seed: run.seed, ...tally.report() };
}

class Tally {
  readonly #failures: FuzzFailure[] = [];
  #counts = { inputs: 0, refused: 0, read: 0 };
  #extremes = { longestMs: 0, mostBytes: 0, longest: -1, most: -1 };

  add(outcome: ReadReply | ReaderDeath): FuzzFailure | null {
    this.#counts.inputs += 1;
    if ('milliseconds' in outcome) this.#measure(outcome);
    const failure = failureOf(outcome);
    if (failure !== null) this.#failures.push(failure);
    else if (outcome.kind === 'read') this.#counts.read += 1;
    else this.#counts.refused += 1;
    return failure;
  }

  report(): Omit<FormatReport, 'format' | 'seed'> {
    return { ...this.#counts, failures: this.#failures, ...this.#extremes };
  }

  #measure({ number, milliseconds, growth }: ReadReply): void {
    const extremes = this.#extremes;
    if (milliseconds > extremes.longestMs) {
      this.#extremes = { ...this.#extremes, longestMs: milliseconds, longest: number };
    }
    if (growth > extremes.mostBytes) {
      this.#extremes = { ...this.#extremes, mostBytes: growth, most: number };
    }
  }
}

function failureOf(outcome: ReadReply | ReaderDeath): FuzzFailure | null {
  const { number, text } = outcome;
  if (!('milliseconds' in outcome)) return { number, kind: outcome.kind, text, story: '' };
  const { story, growth } = outcome;
  if (outcome.kind === 'fault') return { number, kind: 'fault', text, story };
  if (growth <= growthBytes) return null;
  return { number, kind: 'memory', text: `${Math.round(growth / 2 ** 20)} MB`, story };
}
