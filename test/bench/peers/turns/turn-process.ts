import packageDescription from '../../../../package.json' with { type: 'json' };
import type { Sizes } from '../work.ts';

/** What a turn of ours was given: the folder that was prepared, and the sizes. */
export interface TurnInput {
  readonly folder: string;
  /** A size by its name. @throws Error if it was not given */
  readonly size: (name: string) => number;
}

/** The arguments of this process. */
export function turnInput(): TurnInput {
  const [folder = '', text = '{}'] = process.argv.slice(2);
  const sizes = JSON.parse(text) as Sizes;
  return {
    folder,
    size: (name) => {
      const value = sizes[name];
      if (value === undefined) throw new Error(`The turn was given no ${name}.`);
      return value;
    },
  };
}

/** Prints what a turn of ours gave, as its last line. */
export function printTurn(
  seconds: Readonly<Record<string, number>>,
  notes: Readonly<Record<string, number>> = {},
  by = `negatoscope ${packageDescription.version}`,
): void {
  process.stdout.write(`${JSON.stringify({ by, seconds, notes })}\n`);
}
