import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusteredUnitRows } from '../../engine/neighbours/random-unit-rows.ts';
import type { Sizes } from './work.ts';

/** Writes the rows that both sides read, raw float32: `points` rows of `dimensions` numbers in 20 clusters. */
export function writeVectors(folder: string, sizes: Sizes): Promise<void> {
  const [count, dimensions] = [sizes['points'] ?? NaN, sizes['dimensions'] ?? NaN];
  const rows = clusteredUnitRows({ count, dimensions, clusters: 20, spread: 0.6, seed: 1 });
  writeFileSync(join(folder, 'vectors.f32'), rows);
  return Promise.resolve();
}

/** The rows that `writeVectors` wrote. */
export function readVectors(folder: string): Float32Array {
  return new Float32Array(new Uint8Array(readFileSync(join(folder, 'vectors.f32'))).buffer);
}
