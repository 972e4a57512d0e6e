import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../../src-main/engine/formats/open-table.ts';
import { readLabelFile } from '../../../../src-main/engine/labels/label-file.ts';
import { temporaryFolder } from '../../store/temporary-library.ts';
import { npyBytes, someVectors, textsNpy, writeSafetensors } from './written-files.ts';

const levels = 100_000;

function file(name: string, bytes: string | Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

async function readAll(path: string): Promise<number> {
  const table = await openTable(path);
  let rows = 0;
  try {
    for (const { name, kind } of table.columns) {
      const blocks = kind === 'vector' ? table.vectors(name) : table.texts(name);
      for await (const block of blocks) rows += 'vectors' in block ? 1 : block.length;
    }
  } finally {
    await table.close();
  }
  return rows;
}

function npz(name: string, array: Uint8Array, level: 0 | 6 = 6): Buffer {
  return Buffer.from(zipSync({ [name]: array }, { level }));
}

describe('an archive that lies', () => {
  it('is refused where a member becomes larger than its directory says', async () => {
    const bytes = npz('h.npy', npyBytes('<f4', [4, 1_000_000], new Uint8Array(16_000_000)));
    // The size before packing, 24 bytes behind the mark of the directory's entry.
    const entry = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    bytes.writeUInt32LE(4096, entry + 24);
    await expect(readAll(file('bomb.npz', bytes))).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringMatching(/bomb\.npz.*(damaged|cut off)/) as string,
    });
  });

  it.each(['../h.npy', '/tmp/h.npy', 'a/../../h.npy'])(
    'is refused where a member leads out of it: %s',
    async (name) => {
      const path = file('out.npz', npz(name, textsNpy(['a', 'b'])));
      await expect(readAll(path)).rejects.toMatchObject({
        code: 'bad-argument',
        message: expect.stringMatching(/^out\.npz is not a whole \.npz archive/) as string,
      });
    },
  );

  it('is refused where its bytes are not those that were packed', async () => {
    const bytes = npz('h.npy', npyBytes('<f4', [20, 50], Buffer.from(someVectors(20, 50).buffer)));
    bytes.fill(0xff, 60, 200);
    await expect(readAll(file('h.npz', bytes))).rejects.toMatchObject({ code: 'bad-argument' });
  });
});

describe('an array that is declared larger than anything', () => {
  const shapes: [string, number[], string][] = [
    ['of vectors', [2 ** 40, 1024], '<f4'],
    ['of no safe integer', [Number('9'.repeat(17)), 2], '<f4'],
    ['of texts without a byte', [4_294_967_295], '|S0'],
    ['of rows without columns and texts without a byte', [2 ** 50], '<U0'],
  ];
  it.each(shapes)('is refused: .npy %s', async (_name, shape, type) => {
    const path = file('h.npy', npyBytes(type, shape, new Uint8Array(64)));
    await expect(readAll(path)).rejects.toMatchObject({ code: 'bad-argument' });
  });

  it('is refused: .npz', async () => {
    const path = file('h.npz', npz('h.npy', npyBytes('|S0', [4_294_967_295], new Uint8Array(8))));
    await expect(readAll(path)).rejects.toThrow(/declares 4294967295 texts and holds none\.$/);
  });

  it.each([
    { shape: [2 ** 50, 2 ** 50], data_offsets: [0, 8] },
    { shape: [2, 2], data_offsets: [0, 2 ** 52] },
    { shape: [-1, -2], data_offsets: [0, 8] },
    { shape: [2, 1], data_offsets: [8, 0] },
  ])('is refused: safetensors %j', async (entry) => {
    const header = Buffer.from(JSON.stringify({ h: { dtype: 'F32', ...entry } }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    const path = file('h.safetensors', Buffer.concat([length, header, Buffer.alloc(8)]));
    await expect(readAll(path)).rejects.toMatchObject({ code: 'bad-argument' });
  });

  it('has no columns that are none: matrices of no columns', async () => {
    const table = await openTable(file('h.npy', npyBytes('<f4', [2 ** 40, 0], new Uint8Array())));
    expect(table.columns).toMatchObject([{ kind: 'other' }]);
    expect(table.rows).toBe(0);
    await table.close();
  });
});

describe('text that is no character', () => {
  it('is the replacement character', async () => {
    const points = Uint8Array.from([0x41, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f]);
    const table = await openTable(file('names.npy', npyBytes('<U2', [1], points)));
    const texts: unknown[] = [];
    for await (const block of table.texts('array')) texts.push(...block);
    await table.close();
    expect(texts).toEqual(['A\ufffd']);
  });
});

describe('JSON that is nested deeply', () => {
  const deep = '['.repeat(levels) + ']'.repeat(levels);

  it.each([
    ['h.json', `[{"path": "a.png", "vector": ${deep}}]`],
    ['h.jsonl', `{"path": "a.png", "vector": ${deep}}\n`],
    ['h.json', `[{"path": "a.png", "note": "\\"[", "vector": ${'{"a":'.repeat(levels)}`],
  ])('is refused: %s', async (name, text) => {
    await expect(readAll(file(name, text))).rejects.toThrow(
      /no whole JSON in .*nested more than 500 levels deep\.$/,
    );
  });

  it('is refused as labels, as an object of labels, and in the head of a safetensors file', async () => {
    await expect(readLabelFile(file('l.json', `{"a.png": ${deep}}`))).rejects.toThrow(/500 levels/);
    const path = join(temporaryFolder(), 'h.safetensors');
    writeSafetensors(path, someVectors(2, 2), 2, { paths: deep });
    expect((await openTable(path)).columns).toHaveLength(1);
  });

  it('is read where it is a text, or not deep', async () => {
    const brackets = JSON.stringify('['.repeat(levels));
    const path = file('h.json', `[{"path": ${brackets}, "vector": [[1, 2]]}]`);
    expect(await readAll(path)).toBeGreaterThan(0);
  });
});

describe('names that JavaScript has, too', () => {
  it('are names like others', async () => {
    const label = { toString: 1 };
    const json = JSON.stringify({ 'a.png': [label, 'cat'], 'b.png': label });
    const { rows } = await readLabelFile(file('l.json', json));
    expect(rows.map(({ labels }) => labels)).toEqual([['cat'], []]);
    await expect(openTable(file('h.constructor', 'a'))).rejects.toThrow(/of no known format/);
  });
});

describe('a head of very many columns', () => {
  it('is read in time', async () => {
    const names = Array.from({ length: 150_000 }, (_, index) => `d${index}`);
    const path = file(
      'wide.csv',
      `path,${names.join(',')}\na.png,${names.map(() => 1).join(',')}\n`,
    );
    const table = await openTable(path);
    expect(table.columns.at(-1)).toMatchObject({ name: 'd*', length: 150_000 });
    await table.close();
  });
});
