import type { Random } from '../../../src-main/engine/numeric/random.ts';
import { extremeIntegers, varint } from './extreme-integers.ts';
import { oneOf } from './mutation.ts';
import type { Mutations } from './mutation.ts';

const [pageBytes, headBytes] = [4096, 100];

/** What can be done to the head, the pages and the cells of an SQLite file. */
export const sqliteMutations: Mutations = {
  'lies in the head': (bytes, random) => {
    if (bytes.length < headBytes) return bytes;
    // From the page's size (16) to the version (96): numbers of four bytes, big-endian.
    const at = 16 + 4 * random.index(20);
    bytes.writeUInt32BE(Number(BigInt.asUintN(32, oneOf(extremeIntegers, random))), at);
    return bytes;
  },
  'lies in the head of a page': (bytes, random) => {
    const at = pageStart(bytes, random) + random.index(12);
    if (at < bytes.length) bytes[at] = random.index(256);
    return bytes;
  },
  'lies in a cell': (bytes, random) => {
    const page = pageStart(bytes, random);
    const at = page + random.index(pageBytes);
    varint(oneOf(extremeIntegers, random)).copy(
      bytes,
      Math.min(at, Math.max(0, bytes.length - 10)),
    );
    return bytes;
  },
  'copies a page over another': (bytes, random) => {
    const [from, to] = [pageStart(bytes, random), pageStart(bytes, random)];
    Buffer.from(bytes.subarray(from, from + pageBytes)).copy(bytes, to);
    return bytes;
  },
  'empties a page': (bytes, random) => {
    const page = pageStart(bytes, random);
    return bytes.fill(0, page, Math.min(page + pageBytes, bytes.length));
  },
  'changes a text': (bytes, random) => {
    const texts = [...bytes.toString('latin1').matchAll(/[{["][\w":,. {}[\]-]{6,}/g)];
    if (texts.length === 0) return bytes;
    const found = oneOf(texts, random);
    const at = found.index + random.index(found[0].length);
    bytes.write(oneOf(['"', '{', ']', 'x', '9', '-', '\0', ','], random), at, 'latin1');
    return bytes;
  },
  'changes a word': (bytes, random) => {
    const words = [...bytes.toString('latin1').matchAll(/[a-z]{3,12}/gi)];
    if (words.length === 0) return bytes;
    const found = oneOf(words, random);
    bytes.write('x'.repeat(found[0].length), found.index, 'latin1');
    return bytes;
  },
};

function pageStart(bytes: Buffer, random: Random): number {
  return pageBytes * random.index(Math.max(1, Math.floor(bytes.length / pageBytes)));
}
