import type { Random } from '../../../src-main/engine/numeric/random.ts';
import { oneOf } from './mutation.ts';
import type { ByteMutation, Mutations } from './mutation.ts';

type Holder = unknown[] | Record<string, unknown>;

const values: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1,
    3,
    0.5,
    255,
    1e9,
    -1e9,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    1e308,
    -1e308,
  ],
  ...['', 'x', '\ud800', '\u0000', '../../x', '/etc/passwd', '__proto__', 'NaN', '1e999', '🐦'],
  ...[[], {}, [[]], [null], [1, 2, 3], [1e308], [-1, -1], { a: 1 }, { length: 1e9 }, [[1], [2, 3]]],
];
const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'length', 'then', 'name', ''];
/** Lists of lists would soon fill the memory. */
const mostBytes = 200_000;
const marked = '“here”';

/** What can be done to the values of a JSON text; a text that is none stays as it is. */
export const jsonMutations: Mutations = {
  'changes a value': onValue((holder, key, random) => {
    place(holder, key, oneOf(values, random));
  }),
  'changes several values': onValue((holder, _key, random) => {
    for (const key of Object.keys(holder)) place(holder, key, oneOf(values, random));
  }),
  'takes a value out': onValue((holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else Reflect.deleteProperty(holder, key);
  }),
  'doubles a value': onValue((holder, key) => {
    if (Array.isArray(holder)) holder.push(holder[Number(key)]);
    else place(holder, `${key}2`, holder[key]);
  }),
  'moves a value to another key': onValue((holder, key, random) => {
    if (!Array.isArray(holder)) place(holder, oneOf(keys, random), holder[key]);
  }),
  'makes a text of a value': onValue((holder, key) => {
    place(holder, key, JSON.stringify((holder as Record<string, unknown>)[key]));
  }),
  'makes a list of a value': onValue((holder, key, random) => {
    const value = (holder as Record<string, unknown>)[key];
    place(holder, key, Array<unknown>(oneOf([0, 1, 2, 100], random)).fill(value));
  }),
  'nests a value deeply': raw((random) => {
    const [open, close] = oneOf(
      [
        ['[', ']'],
        ['{"a":', '}'],
      ] as const,
      random,
    );
    const levels = oneOf([100, 3000, 100_000], random);
    return open.repeat(levels) + '1' + close.repeat(levels);
  }),
  'writes a number that is none': raw((random) =>
    oneOf(['1e999', '-1e999', 'NaN', '0'.repeat(400), '9'.repeat(400), '-', '1.'], random),
  ),
  'writes a key twice': raw((random) => {
    const key = oneOf(keys, random);
    return `{"${key}": 1, "${key}": {"${key}": [1]}}`;
  }),
};

/** A mutation of the value at a random place of a JSON text. */
function onValue(change: (holder: Holder, key: string, random: Random) => void): ByteMutation {
  return (bytes, random) => {
    if (bytes.length > mostBytes) return bytes;
    const root = { root: parsed(bytes) };
    if (root.root === undefined) return bytes;
    const places = placesIn(root);
    const [holder, key] = oneOf(places, random);
    change(holder, key, random);
    return Buffer.from(textOf(root.root));
  };
}

/** Nothing is left where the whole value was taken out. */
function textOf(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value);
}

/** Writes a text where a value was, which JSON itself could not hold. */
function raw(textOf: (random: Random) => string): ByteMutation {
  const mark = onValue((holder, key) => place(holder, key, marked));
  return (bytes, random) => {
    const text = mark(bytes, random).toString();
    return Buffer.from(text.replace(`"${marked}"`, () => textOf(random)));
  };
}

/** Also a key `__proto__`, which an assignment would not make. */
function place(holder: Holder, key: string, value: unknown): void {
  Object.defineProperty(holder, key, {
    ...{ value, enumerable: true, configurable: true, writable: true },
  });
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function placesIn(root: Holder): [Holder, string][] {
  const places: [Holder, string][] = [];
  const waiting: Holder[] = [root];
  for (let holder = waiting.pop(); holder !== undefined; holder = waiting.pop()) {
    for (const [key, value] of Object.entries(holder)) {
      places.push([holder, key]);
      if (typeof value === 'object' && value !== null && places.length < 5000) {
        waiting.push(value as Holder);
      }
    }
  }
  return places;
}
