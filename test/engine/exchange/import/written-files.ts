import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { zipSync } from 'fflate';

/** Vectors of `rows` rows that differ from each other, of lengths other than 1. */
export function someVectors(rows: number, dimensions: number, seed = 1): Float32Array {
  return Float32Array.from({ length: rows * dimensions }, (_, index) =>
    Math.fround(3 * Math.sin(seed * (index + 1) * 12.9898)),
  );
}

/** A .npy array as NumPy writes it: version 1, the header padded to 64 bytes. */
export function npyBytes(descr: string, shape: readonly number[], values: Uint8Array): Buffer {
  const tuple = shape.length === 1 ? `(${shape[0] ?? 0},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const head = Buffer.alloc(10);
  head.write('\x93NUMPY\x01\x00', 'latin1');
  head.writeUInt16LE(length, 8);
  return Buffer.concat([head, Buffer.from(`${text.padEnd(length - 1)}\n`), values]);
}

export function floatsNpy(vectors: Float32Array, dimensions: number): Buffer {
  const bytes = new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  return npyBytes('<f4', [vectors.length / dimensions, dimensions], bytes);
}

/** Texts as NumPy keeps them: UTF-32, padded with zeros to the longest. */
export function textsNpy(texts: readonly string[]): Buffer {
  const longest = Math.max(1, ...texts.map((text) => Array.from(text).length));
  const points = new Uint32Array(texts.length * longest);
  for (const [row, text] of texts.entries()) {
    points.set(
      Array.from(text).map((sign) => sign.codePointAt(0) ?? 0),
      row * longest,
    );
  }
  return npyBytes(`<U${longest}`, [texts.length], new Uint8Array(points.buffer));
}

export function writeNpz(
  file: string,
  arrays: Readonly<Record<string, Buffer>>,
  level: 0 | 6,
): void {
  const entries = Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes] as const);
  writeFileSync(file, zipSync(Object.fromEntries(entries), { level }));
}

export function writeSafetensors(
  file: string,
  vectors: Float32Array,
  dimensions: number,
  metadata: Readonly<Record<string, string>>,
): void {
  const header = JSON.stringify({
    __metadata__: metadata,
    embeddings: {
      dtype: 'F32',
      shape: [vectors.length / dimensions, dimensions],
      data_offsets: [0, vectors.byteLength],
    },
  });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  const bytes = new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  writeFileSync(file, Buffer.concat([length, Buffer.from(header), bytes]));
}

/** Rows of paths and vectors as JSON Lines, which DuckDB reads. */
export function jsonLines(
  paths: readonly string[],
  vectors: Float32Array,
  dimensions: number,
  extra: (row: number) => Readonly<Record<string, unknown>> = () => ({}),
): string {
  return paths
    .map((path, row) => {
      const vector = Array.from(vectors.subarray(row * dimensions, (row + 1) * dimensions));
      return `${JSON.stringify({ path, vector, ...extra(row) })}\n`;
    })
    .join('');
}

/** Runs statements in DuckDB, which writes Parquet files that are not ours. */
export async function duckdb(...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const statement of statements) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
