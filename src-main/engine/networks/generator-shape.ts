import type { WeightSpec } from './weights.ts';

/** The sides of a generator of negatives: d of the features, its noise, and its hidden layer. */
export interface GeneratorShape {
  readonly features: number;
  readonly noise: number;
  readonly width: number;
}

/** Xavier's normal start times this gain, as the official code's options have it. */
const gain = 0.02;
/** What the official code adds to a length before it divides by it. */
export const lengthEpsilon = 1e-7;

/** The weights of a generator: two linear layers, whose biases start at 0. */
export function generatorSpecs({ features, noise, width }: GeneratorShape): WeightSpec[] {
  return [...layerSpecs('0', features + noise, width), ...layerSpecs('2', width, features)];
}

function layerSpecs(name: string, inputs: number, outputs: number): WeightSpec[] {
  const deviation = gain * Math.sqrt(2 / (inputs + outputs));
  return [
    {
      name: `${name}.weight`,
      shape: [inputs, outputs],
      kind: 'trainable',
      start: { kind: 'normal', deviation },
    },
    {
      name: `${name}.bias`,
      shape: [outputs],
      kind: 'trainable',
      start: { kind: 'constant', value: 0 },
    },
  ];
}

/** The name under which a training's state has a generator's flat weights. */
export const generatorWeights = 'generator.weights';

/** A generator's flat weights by name, in the order of its specs. */
export function generatorParts(shape: GeneratorShape, flat: Float32Array): GeneratorParts {
  const parts = new Map<string, Float32Array>();
  let offset = 0;
  for (const { name, shape: sides } of generatorSpecs(shape)) {
    const length = sides.reduce((product, side) => product * side, 1);
    parts.set(name, flat.subarray(offset, offset + length));
    offset += length;
  }
  if (offset !== flat.length) {
    throw new Error(`A generator of ${offset} weights was stored with ${flat.length}.`);
  }
  const part = (name: string): Float32Array => parts.get(name) ?? new Float32Array(0);
  return {
    first: part('0.weight'),
    firstBias: part('0.bias'),
    second: part('2.weight'),
    secondBias: part('2.bias'),
  };
}

/** The weights of both layers, [inputs, outputs] row after row, and their biases. */
export interface GeneratorParts {
  readonly first: Float32Array;
  readonly firstBias: Float32Array;
  readonly second: Float32Array;
  readonly secondBias: Float32Array;
}
