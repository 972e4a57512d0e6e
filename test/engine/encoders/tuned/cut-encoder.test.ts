import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { EncoderDescription } from '../../../../src-main/contract/loaded-encoders.ts';
import { normaliseColours } from '../../../../src-main/engine/augmentation/augmentation.ts';
import { inspectEncoder } from '../../../../src-main/engine/encoders/loaded/inspect-encoder.ts';
import { tunableStarter } from '../../../../src-main/engine/encoders/starter/tunable-starter.ts';
import { cutTuned } from '../../../../src-main/engine/encoders/tuned/cut-encoder.ts';
import type { CutEncoder } from '../../../../src-main/engine/encoders/tuned/cut-encoder.ts';
import { withGivenWeights } from '../../../../src-main/engine/encoders/tuned/given-weights.ts';
import { tunableOnnx } from '../../../../src-main/engine/encoders/tuned/tunable-onnx.ts';
import { tunableTfjs } from '../../../../src-main/engine/encoders/tuned/tunable-tfjs.ts';
import {
  resnetLayers,
  tunedResnet,
} from '../../../../src-main/engine/encoders/tuned/tuned-resnet.ts';
import { compileProgram } from '../../../../src-main/engine/graph/compile-program.ts';
import type { NamedArray, Program } from '../../../../src-main/engine/graph/program.ts';
import { statisticUpdates } from '../../../../src-main/engine/networks/batch-norm.ts';
import { withLowRank } from '../../../../src-main/engine/networks/low-rank.ts';
import { cutWidth, rowsOfCut } from '../../../../src-main/engine/networks/network-cut.ts';
import {
  encode,
  pictureEncoderPlan,
  tunedEncoderPlan,
} from '../../../../src-main/engine/networks/trainable-encoder.ts';
import type { EncoderPlan } from '../../../../src-main/engine/networks/trainable-encoder.ts';
import type { TunableNetwork } from '../../../../src-main/engine/networks/tuned-network.ts';
import { elementCount } from '../../../../src-main/engine/networks/weights.ts';
import { released } from '../../../../src-main/engine/graph/released.ts';
import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import { graphFolder } from '../loaded/tfjs-folders.ts';

const [count, side] = [3, 32];
const folder = join(import.meta.dirname, '../../../fixtures/tuned-onnx');
const models = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/human')),
  '../models',
);

/** Another picture each, [count, side, side, 3]. */
const images = Uint8Array.from({ length: count * side * side * 3 }, (_, at) => {
  const [channel, x] = [at % 3, Math.floor(at / 3) % side];
  const [y, n] = [Math.floor(at / (3 * side)) % side, Math.floor(at / (3 * side * side))];
  return (3 * x + 5 * y * (n + 1) + 40 * channel) % 256;
});

/** A cut encoder, of a network from elsewhere with an adapter after it. */
function cutOf(network: TunableNetwork, first: string, lora = 0): CutEncoder {
  const trained = network.trainFrom(first, 1);
  const plan = tunedEncoderPlan(lora > 0 ? withLowRank(trained, lora) : trained, null, 'none');
  return cutTuned(
    plan,
    { ...network, record: { on: 'x', name: 'x', hash: null } },
    { first, size: side },
  );
}

const random = seedRandom(3);
const noise = (length: number): Float32Array =>
  Float32Array.from({ length }, () => random.uniform(-0.2, 0.2));

/** Values of all weights: those that are given, and noise where a training would begin at random or at 0. */
function feedsOf({ specs }: EncoderPlan): Record<string, Float32Array> {
  return Object.fromEntries(
    specs.map(({ name, shape, start }) => [
      name,
      start.kind === 'given' ? start.values : noise(elementCount(shape)),
    ]),
  );
}

/** Loss and gradients of an encoder by the weights that it trains. */
function lossProgram(encoder: EncoderPlan, input: 'images' | 'rows'): Promise<Program> {
  const { specs } = encoder;
  const trained = specs.filter(({ kind }) => kind === 'trainable').map(({ name }) => name);
  const width = encoder.cut ? cutWidth(encoder.cut) : 0;
  return compileProgram(
    {
      name: 'loss',
      inputs: [
        input === 'images'
          ? { name: 'images', shape: [count, side, side, 3], dtype: 'uint8' }
          : { name: 'rows', shape: [count, width], dtype: 'float' },
        ...specs.map(({ name, shape }) => ({ name, shape, dtype: 'float' as const })),
      ],
      build: (inputs) => {
        const given =
          input === 'rows'
            ? inputs['rows']!
            : normaliseColours(tf.div<tf.Tensor4D>(tf.cast(inputs['images']!, 'float32'), 255));
        const moved: tf.Tensor[] = [];
        const loss = (...values: tf.Tensor[]): tf.Scalar => {
          const own = Object.fromEntries(trained.map((name, at) => [name, values[at]!]));
          const updates = statisticUpdates();
          const { projected } = encode(encoder, given, { ...inputs, ...own }, updates);
          moved.push(...Object.values(updates.moved));
          const factors = Float32Array.from({ length: projected.size }, (_, at) =>
            Math.sin(at + 1),
          );
          return tf.sum(tf.mul(projected, tf.tensor(factors, projected.shape)));
        };
        const { value, grads } = tf.valueAndGrads(loss)(trained.map((name) => inputs[name]!));
        for (const tensor of moved) released(tensor);
        return {
          loss: value,
          ...Object.fromEntries(trained.map((name, at) => [`gradient ${name}`, grads[at]!])),
        };
      },
    },
    'cpu',
  );
}

/** The rows of the pictures that a cut encoder begins with. */
async function rowsOf({ cut }: CutEncoder): Promise<Float32Array> {
  const program = await compileProgram(
    {
      name: 'rows',
      inputs: [{ name: 'images', shape: [count, side, side, 3], dtype: 'uint8' }],
      build: (inputs) => ({
        rows: rowsOfCut(cut.before(tf.cast(inputs['images']!, 'float32') as tf.Tensor4D)),
      }),
    },
    'cpu',
  );
  const { rows } = await program.run({ images }).finally(() => program.dispose());
  return rows!.values as Float32Array;
}

const numbers = (outputs: Readonly<Record<string, NamedArray>>, name: string): number[] => [
  ...(outputs[name]!.values as Float32Array),
];

const norm = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** That a cut encoder has the loss and the gradients of the whole one, which are no zeros. */
async function expectSamePass(cut: CutEncoder): Promise<void> {
  const whole: EncoderPlan = { ...cut, cut: undefined };
  const weights = feedsOf(cut);
  const [one, other] = await Promise.all([lossProgram(whole, 'images'), lossProgram(cut, 'rows')]);
  const wanted = await one.run({ images, ...weights });
  const found = await other.run({ rows: await rowsOf(cut), ...weights });
  await Promise.all([one.dispose(), other.dispose()]);
  let moved = 0;
  const lengths = Object.keys(wanted).map((name) => norm(numbers(wanted, name)));
  for (const name of Object.keys(wanted)) {
    const values = numbers(wanted, name);
    const length = norm(values);
    const gap = norm(numbers(found, name).map((value, at) => value - values[at]!));
    // Another order of the same float32 sums; a wrong tensor is off by its own length.
    expect(gap, name).toBeLessThan(1e-4 * length + 1e-5 * Math.max(...lengths));
    moved += Number(length > 1e-3);
  }
  expect(moved).toBeGreaterThan(1);
}

async function onnxNetwork(name: string) {
  const path = join(folder, `${name}.onnx`);
  const found = await inspectEncoder({ path });
  const isTokens = name === 'vit';
  const description: EncoderDescription = {
    ...found,
    preprocessing: { ...found.preprocessing, width: side, height: side },
    output: { name: 'features', pooling: isTokens ? 'cls' : 'vector' },
  };
  const lengths: Record<string, number> = { resnet: 16, mobilenet: 12, vit: 16 };
  const session = await InferenceSession.create(path);
  const given = new Tensor('float32', new Float32Array(3 * side * side), [1, 3, side, side]);
  const { features } = await session.run({ pixel_values: given });
  await session.release();
  const dimensions = isTokens ? lengths['vit']! : features!.data.length;
  return { path, description, network: await tunableOnnx(description, 'hash', dimensions) };
}

/** A message of a field that has a length, of ONNX's protocol buffers. */
function field(number: number, bytes: Uint8Array): Uint8Array {
  const [low, high] = [(bytes.length & 127) | 128, bytes.length >> 7];
  return Uint8Array.of((number << 3) | 2, low, high, ...bytes);
}

/** The same file with further outputs of its graph (ModelProto.graph.output.name), which merge into it. */
function withOutputs(file: Uint8Array, names: readonly string[]): Uint8Array {
  const outputs = names.map((name) => field(12, field(1, new TextEncoder().encode(name))));
  return Uint8Array.from([...file, ...outputs.flatMap((output) => [...field(7, output)])]);
}

/** Pictures as an encoder's preprocessing feeds them, [count, 3, side, side]. */
function pixelValues({ preprocessing: { scale, mean, std } }: EncoderDescription): Float32Array {
  return Float32Array.from({ length: images.length }, (_, at) => {
    const [n, channel] = [Math.floor(at / (3 * side * side)), Math.floor(at / (side * side)) % 3];
    const byte = images[(n * side * side + (at % (side * side))) * 3 + channel]!;
    return (byte * scale - mean[channel]!) / std[channel]!;
  });
}

const onnxNetworks = [
  ...['resnet', 'resnext-batch-norm', 'mobilenet', 'efficientnet', 'convnext', 'vit', 'clip'],
  'siglip',
];

describe('an ONNX network cut before its first trained layer', () => {
  it.each(onnxNetworks)(
    'has one tensor of %s before each layer but the first, which is that of ONNX Runtime',
    async (name) => {
      const { path, description, network } = await onnxNetwork(name);
      const cuts = network.layers.slice(1).map((layer) => cutOf(network, layer));
      expect(cuts.map(({ cut }) => cut.tensors.length)).toEqual(cuts.map(() => 1));
      const names = cuts.map(({ cut }) => cut.tensors[0]!.name);
      const known = new Set(['features', description.output.name]);
      const file = withOutputs(
        await readFile(path),
        [...new Set(names)].filter((one) => !known.has(one)),
      );
      const session = await InferenceSession.create(file);
      const input = new Tensor('float32', pixelValues(description), [count, 3, side, side]);
      const outputs = await session.run({ pixel_values: input });
      await session.release();
      for (const [at, cut] of cuts.entries()) {
        const { data, dims } = outputs[names[at]!]!;
        expect(dims).toEqual([count, ...cut.cut.tensors[0]!.shape]);
        const rows = await rowsOf(cut);
        const wanted = data as Float32Array;
        const largest = Math.max(...wanted.map(Math.abs));
        const gap = rows.reduce(
          (most, value, k) => Math.max(most, Math.abs(value - wanted[k]!)),
          0,
        );
        expect(gap, names[at]).toBeLessThan(1e-5 * largest + 1e-5);
      }
    },
  );

  it.each(onnxNetworks)('has the loss and the gradients of all of %s', async (name) => {
    const { network } = await onnxNetwork(name);
    for (const layer of network.layers.slice(1)) await expectSamePass(cutOf(network, layer));
  });

  it('has those of low-rank updates too', async () => {
    const { network } = await onnxNetwork('vit');
    await expectSamePass(cutOf(network, 'blocks.1', 2));
  });
});

describe('other networks cut before their first trained layer', () => {
  it('of the starter encoder begin with one tensor, and the means of taps that are not trained', async () => {
    const network = await tunableStarter(models);
    const cuts = ['expanded_conv_10', 'expanded_conv_12', 'extern1'].map((first) =>
      cutOf(network, first),
    );
    expect(cuts.map(({ cut }) => cut.tensors.map(({ shape }) => shape.join(' x ')))).toEqual([
      ['2 x 2 x 64'],
      ['2 x 2 x 88', '1 x 1 x 64'],
      ['1 x 1 x 120', '1 x 1 x 64', '1 x 1 x 88'],
    ]);
    for (const cut of cuts) await expectSamePass(cut);
  });

  it('of a TensorFlow.js graph model begin with one tensor', async () => {
    const path = graphFolder();
    const found = await inspectEncoder({ path });
    const description = {
      ...found,
      preprocessing: { ...found.preprocessing, width: side, height: side },
    };
    const network = await tunableTfjs(description, 'hash', 12);
    expect(network.layers.length).toBeGreaterThan(1);
    for (const first of network.layers.slice(1)) {
      const cut = cutOf(network, first);
      expect(cut.cut.tensors).toHaveLength(1);
      await expectSamePass(cut);
    }
  });

  it.each(['resnet8', 'resnet18'] as const)('of %s begin with what a block takes', async (name) => {
    const begun = pictureEncoderPlan(name, 'mlp');
    const values = feedsOf(begun);
    // A variance is positive.
    for (const [key, one] of Object.entries(values)) {
      if (/var/.test(key)) values[key] = one.map((value) => 1 + value);
    }
    const given = withGivenWeights(
      begun,
      begun.specs.map(({ name: key, shape }) => ({ name: key, shape, values: values[key]! })),
    );
    const layers = resnetLayers(given);
    const shapes = { resnet8: '32 x 32 x 32', resnet18: '32 x 32 x 64' };
    for (const [at, first] of layers.slice(1).entries()) {
      if (name === 'resnet18' && at % 3 !== 1) continue;
      const base = { layers, record: { on: 1, name: 'run', hash: 'hash' } };
      const cut = cutTuned(tunedResnet(given, first, 1), base, { first, size: side });
      expect(cut.cut.tensors).toHaveLength(1);
      if (at === 0) expect(cut.cut.tensors[0]!.shape.join(' x ')).toBe(shapes[name]);
      await expectSamePass(cut);
    }
  });

  it('are refused where all layers are trained', async () => {
    const network = await tunableStarter(models);
    expect(() => cutOf(network, network.layers[0]!)).toThrow(
      /All layers of "x" are trained, from Conv on, .* a later layer \(such as expanded_conv\), or set views to 0/,
    );
  });
});
