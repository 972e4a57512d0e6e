import { parseArgs } from 'node:util';
import type { Sizes } from './work.ts';

/** What `npm run bench` is asked for. */
export interface BenchOptions {
  /** The names of `--only`; null for all. */
  readonly only: readonly string[] | null;
  /** Of the import. */
  readonly rows: number;
  readonly hasPeers: boolean;
  /** Whether the work's sizes grow. */
  readonly grows: boolean;
  /** Whether work that takes long is among all. */
  readonly isFull: boolean;
  readonly turns: number;
  /** Sizes by `--set`. */
  readonly sizes: Sizes;
  readonly isJson: boolean;
  readonly out: string | null;
  readonly compare: string | null;
}

/** What was asked for cannot be done, in a sentence. */
export class WrongOption extends Error {}

/** Reads the arguments of `npm run bench`. @throws WrongOption */
export function benchOptions(args: readonly string[]): BenchOptions {
  const values = parsed(args);
  return {
    only: values.only?.split(',') ?? null,
    rows: wholeNumber('--rows', values.rows),
    ...{ hasPeers: values.peers, grows: values.grow, isFull: values.full },
    turns: wholeNumber('--turns', values.turns),
    sizes: Object.fromEntries(values.set.map(sizeOf)),
    ...{ isJson: values.json, out: values.out ?? null, compare: values.compare ?? null },
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        rows: { type: 'string', default: '1000000' },
        peers: { type: 'boolean', default: false },
        grow: { type: 'boolean', default: false },
        full: { type: 'boolean', default: false },
        turns: { type: 'string', default: '5' },
        set: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
        out: { type: 'string' },
        compare: { type: 'string' },
      },
    }).values;
  } catch (cause) {
    throw new WrongOption(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new WrongOption(`${option} takes a whole number, not "${text}".`);
}

function sizeOf(text: string): [string, number] {
  const [name = '', value = ''] = text.split('=');
  if (!/^[a-z]+$/i.test(name)) throw new WrongOption(`--set takes NAME=NUMBER, not "${text}".`);
  return [name, wholeNumber(`--set ${name}`, value)];
}

/**
 * The named ones of some names.
 * @throws WrongOption for one that is not among them, with what else there is to say of it
 */
export function chosenNames(
  only: readonly string[],
  names: readonly string[],
  hint = '',
): readonly string[] {
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length === 0) return only;
  throw new WrongOption(
    `No benchmark ${unknown.join(', ')}; there are ${names.join(', ')}${hint}.`,
  );
}
