import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FuzzInput } from '../fuzz-format.ts';
import type { Random } from '../../../src-main/engine/numeric/random.ts';
import { spliced } from '../mutations/byte-mutations.ts';
import { mutated, oneOf } from '../mutations/mutation.ts';
import type { Mutations } from '../mutations/mutation.ts';

/** A valid file, by the path that it has in its folder, with what lies beside it. */
export interface Sample {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly beside?: Readonly<Record<string, Uint8Array>>;
}

/** A sample from a file that was written. */
export function sampleOf(folder: string, path: string): Sample {
  return { path, bytes: readFileSync(join(folder, path)) };
}

/** One of the samples, changed; one in fifteen goes on as another one. */
export function changedSample(
  samples: readonly Sample[],
  mutations: Mutations,
  random: Random,
): FuzzInput {
  const { path, bytes, beside } = oneOf(samples, random);
  const other = oneOf(samples, random);
  const isSpliced = random.index(15) === 0;
  const start = isSpliced ? spliced(Buffer.from(bytes), other.bytes, random) : bytes;
  const { bytes: changed, done } = mutated(start, mutations, random);
  const splice = isSpliced ? [`goes on as ${other.path}`] : [];
  return {
    path,
    files: { ...beside, [path]: changed },
    story: `${path}: ${[...splice, ...done].join(', ') || 'unchanged'}`,
  };
}
