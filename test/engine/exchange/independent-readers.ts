import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

/** The rows of a query, by DuckDB. */
export async function duckRows(sql: string): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowObjectsJson();
  } finally {
    connection.closeSync();
  }
}

/** Whether there is a python3 with NumPy here (Debian: python3-numpy). */
export const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

/** What a Python script prints as JSON; `numpy`, `json` and `sys` are imported. */
export function numpyAnswer(script: string, ...args: readonly string[]): unknown {
  const whole = `import json, sys\nimport numpy as np\n${script}`;
  const { status, stdout, stderr } = spawnSync('python3', ['-c', whole, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

interface Tensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Buffer;
}

/** A safetensors file by its documented layout alone. */
export function readSafetensors(file: string): {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
} {
  const bytes = readFileSync(file);
  const length = Number(bytes.readBigUInt64LE(0));
  const { __metadata__: metadata, ...entries } = JSON.parse(
    bytes.subarray(8, 8 + length).toString('utf8'),
  ) as Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }> & {
    __metadata__: Record<string, string>;
  };
  const data = bytes.subarray(8 + length);
  const tensors = Object.entries(entries).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [from, to],
      },
    ]) => [name, { dtype, shape, bytes: data.subarray(from, to) }],
  );
  return { tensors: Object.fromEntries(tensors) as Record<string, Tensor>, metadata };
}

/** The texts of a tensor of padded UTF-8 bytes. */
export function textsOf({ shape, bytes }: Tensor): string[] {
  const [rows = 0, width = 0] = shape;
  return Array.from({ length: rows }, (_, row) =>
    bytes
      .subarray(row * width, (row + 1) * width)
      .toString('utf8')
      .replace(/\0+$/, ''),
  );
}

export function floatsOf({ bytes }: Tensor): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}
