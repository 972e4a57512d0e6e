import { EngineError } from '../../contract/errors/errors.ts';
import type { Dimension, Pooling, TokensBefore } from '../../contract/loaded-encoders.ts';

/** An output of an encoder, row-major. */
export interface OutputArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const isSquare = (count: number): boolean => count > 0 && Number.isInteger(Math.sqrt(count));

/**
 * How many tokens ([CLS] and registers) are before those of a square of patches: 1, 0 (SigLIP) or 5
 * (DINOv2 with registers); null if none of these fits.
 */
function tokensBeforePatches(tokens: number): number | null {
  return [1, 0, 5].find((before) => isSquare(tokens - before)) ?? null;
}

/**
 * The possible poolings of an output of this shape [pictures, ...], the best first; `tokens` is what
 * is known of an output's tokens.
 */
export function poolingsOf(shape: readonly Dimension[] | null, tokens?: TokensBefore): Pooling[] {
  if (shape === null) return ['auto'];
  if (shape.length === 2) return ['vector'];
  if (shape.length === 3) return tokens ? knownPoolings(tokens) : tokenPoolings(shape[1]);
  if (shape.length !== 4) return [];
  return shape[2] === 1 && shape[3] === 1 ? ['vector'] : ['places'];
}

function knownPoolings({ cls, registers }: TokensBefore): Pooling[] {
  if (cls) return ['cls', 'patches', 'mean'];
  return registers > 0 ? ['patches'] : ['mean'];
}

/** An open number of tokens says nothing of [CLS]: the model must have run. */
function tokenPoolings(tokens: Dimension | undefined): Pooling[] {
  if (typeof tokens !== 'number') return ['auto', 'cls', 'patches', 'mean'];
  const before = tokensBeforePatches(tokens);
  if (before === 0) return ['mean'];
  return before === null ? ['cls', 'mean'] : ['cls', 'patches', 'mean'];
}

/** The pooling itself; for `auto` the best one for this shape. */
export function settledPooling(
  pooling: Pooling,
  shape: readonly number[],
  tokens?: TokensBefore,
): Pooling {
  return pooling === 'auto' ? (poolingsOf(shape, tokens)[0] ?? 'vector') : pooling;
}

/**
 * The tokens whose mean a pooling takes, as ranges [first, end). Without `tokens`, as for encoders
 * that were added before they were known, every token counts for a mean.
 */
export function pooledTokens(
  pooling: Pooling,
  count: number,
  tokens?: TokensBefore,
): (readonly [number, number])[] {
  if (pooling === 'cls') return [[0, 1]];
  const before = tokens ? Number(tokens.cls) + tokens.registers : tokensBeforePatches(count);
  if (pooling === 'patches') return [[before ?? 1, count]];
  if (!tokens || tokens.registers === 0) return [[0, count]];
  const patches = [Number(tokens.cls) + tokens.registers, count] as const;
  return tokens.cls ? [[0, 1], patches] : [patches];
}

/**
 * The vectors of the first `count` pictures of an output, [count, dimensions].
 * @param channelsLast whether a 4-dimensional output is [pictures, height, width, channels]
 * @param known what stands before the patches of an output of tokens
 * @throws EngineError bad-encoder if the pooling is not possible for the shape
 */
export function poolOutput(
  output: OutputArray,
  wanted: Pooling,
  count: number,
  channelsLast: boolean,
  known?: TokensBefore,
): { readonly vectors: Float32Array; readonly dimensions: number } {
  const pooling = settledPooling(wanted, output.shape, known);
  const rest = output.shape.slice(1);
  const length = rest.reduce((product, side) => product * side, 1);
  if (pooling === 'vector') {
    if (rest.filter((side) => side !== 1).length > 1) throw shapeError(output, 'a vector');
    return { vectors: output.values.slice(0, count * length), dimensions: length };
  }
  if (pooling === 'places') {
    if (rest.length !== 3) throw shapeError(output, 'positions of a picture');
    const dimensions = (channelsLast ? rest[2] : rest[0]) ?? 0;
    const step = channelsLast ? 1 : length / dimensions;
    return { vectors: meanOfPositions(output.values, count, length, dimensions, step), dimensions };
  }
  const [tokens, dimensions] = rest;
  if (rest.length !== 2 || tokens === undefined || dimensions === undefined) {
    throw shapeError(output, 'tokens');
  }
  const taken = pooledTokens(pooling, tokens, known).flatMap(([first, end]) =>
    Array.from({ length: end - first }, (_, index) => first + index),
  );
  return { vectors: meanOfTokens(output.values, { count, tokens, dimensions }, taken), dimensions };
}

interface TokenSides {
  readonly count: number;
  readonly tokens: number;
  readonly dimensions: number;
}

function meanOfTokens(
  values: Float32Array,
  { count, tokens, dimensions }: TokenSides,
  taken: readonly number[],
): Float32Array {
  const vectors = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    for (const token of taken) {
      const start = (row * tokens + token) * dimensions;
      for (let channel = 0; channel < dimensions; channel++) {
        vector[channel] = (vector[channel] ?? 0) + (values[start + channel] ?? 0) / taken.length;
      }
    }
  }
  return vectors;
}

/**
 * The mean over all positions of each channel; `step` is the distance of two channels of one
 * position in `values`.
 */
function meanOfPositions(
  values: Float32Array,
  count: number,
  length: number,
  dimensions: number,
  step: number,
): Float32Array {
  const positions = length / dimensions;
  const between = step === 1 ? dimensions : 1;
  const vectors = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    for (let channel = 0; channel < dimensions; channel++) {
      let sum = 0;
      let index = row * length + channel * step;
      for (let position = 0; position < positions; position++, index += between) {
        sum += values[index] ?? 0;
      }
      vectors[row * dimensions + channel] = sum / positions;
    }
  }
  return vectors;
}

function shapeError({ shape }: OutputArray, wanted: string): EngineError {
  return new EngineError(
    'bad-encoder',
    `The output has the shape ${shape.join(' x ')}, which is not ${wanted}; choose another output or pooling.`,
  );
}

/**
 * Scales rows to length 1, in place. Returns the indices of rows for which that is impossible: those
 * with a value that is not finite, and those of zeros only.
 */
export function toUnitRows(vectors: Float32Array, dimensions: number): number[] {
  const bad: number[] = [];
  for (let row = 0; row * dimensions < vectors.length; row++) {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    // Divides by the largest first, because the squares of large values would be infinite.
    const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (!Number.isFinite(largest) || largest === 0) {
      bad.push(row);
      continue;
    }
    let squares = 0;
    for (const value of vector) squares += (value / largest) ** 2;
    const length = Math.sqrt(squares) * largest;
    for (let index = 0; index < dimensions; index++) vector[index] = (vector[index] ?? 0) / length;
  }
  return bad;
}
