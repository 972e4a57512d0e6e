import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import { temporaryFolder } from '../../store/temporary-library.ts';

/** A small classifier of 4 classes, written as model.json and weights.bin by tfjs itself. */
export async function layersFolder(place = temporaryFolder()): Promise<string> {
  await tf.setBackend('cpu');
  const folder = join(place, 'classifier');
  mkdirSync(folder);
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [32, 32, 3], filters: 8, kernelSize: 3, strides: 2 }),
      tf.layers.reLU(),
      tf.layers.globalAveragePooling2d({ name: 'features' }),
      tf.layers.dense({ units: 4, activation: 'softmax', name: 'classes' }),
    ],
  });
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      const { modelTopology, weightSpecs, weightData } = artifacts;
      const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      const json = JSON.stringify({ format: 'layers-model', modelTopology, weightsManifest });
      writeFileSync(join(folder, 'model.json'), json);
      writeFileSync(join(folder, 'weights.bin'), Buffer.from(weightData as ArrayBuffer));
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const },
      });
    }),
  );
  return folder;
}

const text = (value: string) => ({ s: Buffer.from(value).toString('base64') });
const list = (...values: number[]) => ({ list: { i: values.map(String) } });
const shape = (...sides: number[]) => ({ dim: sides.map((size) => ({ size: String(size) })) });

/** A graph model of two blocks, written as TensorFlow's converter writes one. */
export function graphFolder(place = temporaryFolder()): string {
  const folder = join(place, 'graph');
  mkdirSync(folder);
  const kernels = [
    [3, 3, 3, 8],
    [3, 3, 8, 12],
  ];
  const blocks = kernels.flatMap((sides, at) => {
    const dtype = { type: 'DT_FLOAT' };
    const before = at === 0 ? 'x' : `net/block_${at}_relu/Relu`;
    const kernel = `net/block_${at + 1}_conv/kernel`;
    const conv = `net/block_${at + 1}_conv/Conv2D`;
    const value = { tensor: { dtype: 'DT_FLOAT', tensorShape: shape(...sides) } };
    const attr = { T: dtype, strides: list(1, 2, 2, 1), dilations: list(1, 1, 1, 1) };
    return [
      { name: kernel, op: 'Const', attr: { dtype, value } },
      {
        ...{ name: conv, op: 'Conv2D', input: [before, kernel] },
        attr: { ...attr, padding: text('SAME'), data_format: text('NHWC') },
      },
      { name: `net/block_${at + 1}_relu/Relu`, op: 'Relu', input: [conv], attr: { T: dtype } },
    ];
  });
  const axes = { tensor: { dtype: 'DT_INT32', tensorShape: shape(2) } };
  const node = [
    {
      ...{ name: 'x', op: 'Placeholder' },
      attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: shape(-1, 32, 32, 3) } },
    },
    ...blocks,
    { name: 'axes', op: 'Const', attr: { dtype: { type: 'DT_INT32' }, value: axes } },
    {
      ...{ name: 'features', op: 'Mean', input: ['net/block_2_relu/Relu', 'axes'] },
      attr: { keep_dims: { b: false }, T: { type: 'DT_FLOAT' } },
    },
  ];
  const weights = [
    ...kernels.map((sides, at) => ({
      ...{ name: `net/block_${at + 1}_conv/kernel`, shape: sides, dtype: 'float32' },
    })),
    { name: 'axes', shape: [2], dtype: 'int32' },
  ];
  const random = seedRandom(4);
  const values = kernels.map((sides) => {
    const length = sides.reduce((size, side) => size * side, 1);
    return Buffer.from(Float32Array.from({ length }, () => 0.2 * random.normal()).buffer);
  });
  const bytes = [...values, Buffer.from(Int32Array.of(1, 2).buffer)];
  const modelTopology = { node, versions: { producer: 1 } };
  const weightsManifest = [{ paths: ['weights.bin'], weights }];
  const json = { format: 'graph-model', modelTopology, weightsManifest };
  writeFileSync(join(folder, 'model.json'), JSON.stringify(json));
  writeFileSync(join(folder, 'weights.bin'), Buffer.concat(bytes));
  return folder;
}
