import type { GoldenCase } from './golden-cases.ts';

/**
 * Refuses a case with a parameter that its family does not know, or whose sizes are not those of its
 * inputs: a parameter that is read over would pass for one that is honoured.
 */
export function honour(
  golden: GoldenCase,
  known: readonly string[],
  sizes: Readonly<Record<string, number>>,
): void {
  for (const [name, value] of Object.entries(golden.params)) {
    const size = sizes[name];
    if (size === undefined && !known.includes(name)) {
      throw new Error(`${golden.name} has a parameter "${name}" that nothing here knows.`);
    }
    if (size !== undefined && size !== value) {
      throw new Error(`${golden.name} says ${name} = ${value}, its inputs have ${size}.`);
    }
  }
}

/** A parameter that is true or false, or what it is where the file does not say. */
export function flag({ name, params }: GoldenCase, key: string, otherwise: boolean): boolean {
  const value = params[key] ?? otherwise;
  if (typeof value !== 'boolean') throw new Error(`${name} has no true or false "${key}".`);
  return value;
}
