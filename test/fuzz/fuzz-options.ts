import { parseArgs } from 'node:util';
import { formatNames } from './all-formats.ts';

export interface FuzzOptions {
  readonly formats: readonly string[];
  readonly seed: number;
  /** How many inputs of each format. */
  readonly inputs: number;
  /** The number of the only input, or null for all. */
  readonly only: number | null;
  /** The longest that a format may take. */
  readonly seconds: number;
  readonly json: boolean;
}

/** Reads the arguments of `npm run fuzz`. @throws Error in a sentence */
export function fuzzOptions(args: readonly string[]): FuzzOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      format: { type: 'string', multiple: true },
      seed: { type: 'string', default: '1' },
      inputs: { type: 'string', default: '10000' },
      only: { type: 'string' },
      seconds: { type: 'string', default: '1800' },
      json: { type: 'boolean', default: false },
    },
  });
  const formats = values.format ?? formatNames;
  const unknown = formats.find((name) => !formatNames.includes(name));
  if (unknown !== undefined) {
    throw new Error(`There is no format ${unknown}; there are ${formatNames.join(', ')}.`);
  }
  return {
    formats,
    seed: whole('seed', values.seed),
    inputs: whole('inputs', values.inputs),
    only: values.only === undefined ? null : whole('only', values.only),
    seconds: whole('seconds', values.seconds),
    json: values.json,
  };
}

function whole(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`--${name} takes a whole number, not “${text}”.`);
}
