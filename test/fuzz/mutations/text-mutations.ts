import type { Random } from '../../../src-main/engine/numeric/random.ts';
import { somewhere } from './byte-mutations.ts';
import { oneOf } from './mutation.ts';
import type { Mutations } from './mutation.ts';

const deepLevels = 100_000;
const longLines = [100_000, 1_000_000, 10_000_000];

/** Bytes that are no character, or one that programs stumble over. */
const oddities: readonly Buffer[] = [
  Buffer.from([0xef, 0xbb, 0xbf]),
  Buffer.from([0xff, 0xfe]),
  Buffer.from([0]),
  // A half of a character, as it must not be in UTF-8.
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0xc0, 0xaf]),
  Buffer.from([0xf4, 0x90, 0x80, 0x80]),
  ...[
    '\r',
    '\n',
    '\u2028',
    '"',
    '""',
    '\\',
    '\\ud800',
    '\t',
    ';',
    ',',
    '|',
    '\u202e',
    '..',
    '/',
  ].map((text) => Buffer.from(text)),
];

const brackets = [
  ['[', ']'],
  ['{"a":', '}'],
  ['(', ')'],
  ['"', '"'],
] as const;

const numbers = [
  ...['NaN', 'Infinity', '-Infinity', '1e999', '-1e999', '1e-999', '-0', '00', '0x10', '1_000'],
  ...['-1', '0', '4294967296', '9007199254740993', '99999999999999999999999', '1.5', 'null', '""'],
  ...['true', '[]', '{}', '[[1]]', '1,5', '１', "'1'"],
];

const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '', ' ', '*'];

/** What can be done to a text, as bytes of UTF-8. */
export const textMutations: Mutations = {
  'inserts an odd character': (bytes, random) => {
    const at = random.index(3) === 0 ? 0 : somewhere(bytes.length, random);
    const odd = oneOf(oddities, random);
    return Buffer.concat([bytes.subarray(0, at), odd, bytes.subarray(at)]);
  },
  'replaces a number': (bytes, random) =>
    replacedOne(bytes, /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi, oneOf(numbers, random), random),
  'replaces a word': (bytes, random) =>
    replacedOne(bytes, /[A-Za-z_]\w*/g, oneOf(names, random), random),
  'replaces a mark': (bytes, random) =>
    replacedOne(bytes, /[",:;[\]{}\t\n]/g, oneOf(['"', ',', '\n', '', '[', '}'], random), random),
  'repeats a line': (bytes, random) => {
    const lines = bytes.toString('latin1').split('\n');
    const line = lines[random.index(lines.length)] ?? '';
    const times = oneOf([1, 1, 2, 100], random);
    lines.splice(random.index(lines.length), 0, ...Array<string>(times).fill(line));
    return Buffer.from(lines.join('\n'), 'latin1');
  },
  'takes a line out': (bytes, random) => {
    const lines = bytes.toString('latin1').split('\n');
    lines.splice(random.index(lines.length), 1);
    return Buffer.from(lines.join('\n'), 'latin1');
  },
  'nests deeply': (bytes, random) => {
    if (random.index(4) > 0) return bytes;
    const [open, close] = oneOf(brackets, random);
    const at = somewhere(bytes.length, random);
    const nested = open.repeat(deepLevels) + '1' + close.repeat(deepLevels);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(nested), bytes.subarray(at)]);
  },
  'makes a line very long': (bytes, random) => {
    if (random.index(12) > 0) return bytes;
    const at = somewhere(bytes.length, random);
    const line = Buffer.alloc(
      oneOf(longLines, random),
      oneOf(['x', '1', '1,', ' ', '"', '[', '\\', 'é'], random),
    );
    return Buffer.concat([bytes.subarray(0, at), line, bytes.subarray(at)]);
  },
  'is of another coding': (bytes, random) =>
    Buffer.from(bytes.toString(), oneOf(['utf16le', 'latin1'] as const, random)),
};

function replacedOne(bytes: Buffer, wanted: RegExp, by: string, random: Random): Buffer {
  const text = bytes.toString('latin1', 0, 1_000_000);
  const found = [...text.matchAll(wanted)];
  const match = found[found.length === 0 ? 0 : random.index(found.length)];
  if (match === undefined) return bytes;
  const end = match.index + match[0].length;
  return Buffer.concat([bytes.subarray(0, match.index), Buffer.from(by), bytes.subarray(end)]);
}
