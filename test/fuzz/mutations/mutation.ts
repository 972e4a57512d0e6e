import type { Random } from '../../../src-main/engine/numeric/random.ts';

/** Changes the bytes of a valid file. */
export type ByteMutation = (bytes: Buffer, random: Random) => Buffer;

export type Mutations = Readonly<Record<string, ByteMutation>>;

/** One of some. */
export function oneOf<T>(values: readonly T[], random: Random): T {
  const value = values[random.index(values.length)];
  if (value === undefined) throw new Error('There is nothing to choose from.');
  return value;
}

export interface Mutated {
  readonly bytes: Buffer;
  /** The names of what was done. */
  readonly done: readonly string[];
}

const mostBytes = 1_000_000;

/** Changes a file once to four times; one in forty stays as it is. */
export function mutated(bytes: Uint8Array, mutations: Mutations, random: Random): Mutated {
  if (random.index(40) === 0) return { bytes: Buffer.from(bytes), done: [] };
  const done: string[] = [];
  let changed: Buffer = Buffer.from(bytes);
  for (let times = 1 + Math.floor(4 * random.uniform(0, 1) ** 2); times > 0; times--) {
    // A long line that was repeated would not fit in memory.
    if (changed.length > mostBytes) break;
    const [name, change] = oneOf(Object.entries(mutations), random);
    changed = change(changed, random);
    done.push(name);
  }
  return { bytes: changed, done };
}
