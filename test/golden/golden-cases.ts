import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

export type Matrix = readonly (readonly number[])[];

export interface GoldenCase {
  readonly name: string;
  readonly objective: string;
  readonly params: Readonly<Record<string, number | boolean>>;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

/** Every case of the folder in GOLDEN_DIR, else of this one. */
export const goldenCases: readonly GoldenCase[] = readCases(
  process.env['GOLDEN_DIR'] ?? import.meta.dirname,
);

function readCases(folder: string): GoldenCase[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as GoldenCase);
}

/** The cases of these objectives. */
export function casesOf(...names: readonly string[]): GoldenCase[] {
  return goldenCases.filter(({ objective }) => names.includes(objective));
}

/**
 * One test for each case of an objective, skipped where it is not checked; a folder may have none of
 * them, but not be empty.
 */
export function describeCases(
  title: string,
  objective: string,
  check: (golden: GoldenCase) => void | Promise<void>,
  isChecked: (golden: GoldenCase) => boolean = () => true,
): void {
  describe(title, () => {
    it('reads a folder with cases in it', () => expect(goldenCases).not.toEqual([]));
    const cases = casesOf(objective);
    it.each(cases.filter(isChecked))('$name', check);
    it.skip.each(cases.filter((golden) => !isChecked(golden)))('$name', check);
  });
}

/** A number among the parameters. */
export function parameter({ name, params }: GoldenCase, key: string): number {
  const value = params[key];
  if (typeof value !== 'number') throw new Error(`${name} has no number "${key}".`);
  return value;
}

export function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((total, value, index) => total + value * right[index]!, 0);
}

export function largestDifference(left: ArrayLike<number>, right: ArrayLike<number>): number {
  if (left.length !== right.length) return Infinity;
  let largest = 0;
  for (let index = 0; index < left.length; index++) {
    const difference = Math.abs(left[index]! - right[index]!);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
