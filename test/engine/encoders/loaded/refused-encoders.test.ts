import { readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectEncoder } from '../../../../src-main/engine/encoders/loaded/inspect-encoder.ts';
import { temporaryFolder, temporaryLibrary } from '../../store/temporary-library.ts';
import { add, smallLibrary, written } from './encoder-jobs.ts';
import { convModel, featuresOutput, ints, pixels, side } from './test-models.ts';
import type { TestModel } from './write-onnx.ts';

const textInput = { name: 'input_ids', type: 'int64', shape: ['batch', 'length'] } as const;
const refusals: [string, TestModel, RegExp][] = [
  [
    'an operator that is not there',
    {
      ...convModel,
      nodes: [
        { ...convModel.nodes[0]!, op: 'Wavelet', domain: 'com.lab' },
        ...convModel.nodes.slice(1),
      ],
    },
    /operator com\.lab[:.]Wavelet/,
  ],
  ['an opset of the future', { ...convModel, opset: 99 }, /opset 99/],
  ['a text model', { ...convModel, inputs: [textInput] }, /text model/],
  ['two towers in one file', { ...convModel, inputs: [pixels(), textInput] }, /vision_model\.onnx/],
  [
    'a detection model',
    { ...convModel, outputs: [{ name: 'boxes', type: 'float32', shape: ['batch', 100, 4] }] },
    /detection model/,
  ],
  ...([['b', 84, 8400] as const, [1, 25_200, 85] as const].map((shape) => [
    `a detection model of the YOLO family, ${shape.join(' x ')}`,
    {
      ...convModel,
      inputs: [pixels(['b', 3, 640, 640])],
      outputs: [{ name: 'output0', type: 'float32', shape }],
    },
    /detection model: it gives boxes \(output0/,
  ]) satisfies [string, TestModel, RegExp][]),
  [
    'a detection model of an open size',
    {
      ...convModel,
      inputs: [pixels(['batch', 3, 'height', 'width'])],
      outputs: [{ name: 'output0', type: 'float32', shape: ['batch', 84, 'anchors'] }],
    },
    /detection model: it gives boxes \(output0 \[batch x 84 x anchors\]/,
  ],
  ['a grey model', { ...convModel, inputs: [pixels(['b', 1, side, side])] }, /1 channels/],
  [
    'weights outside its folder',
    { ...convModel, externalName: '../weights.data' },
    /outside its folder/,
  ],
  [
    'weights of the machine',
    { ...convModel, externalName: '/etc/hostname', withoutExternal: true },
    /"\/etc\/hostname", which is outside its folder/,
  ],
  [
    'missing weights',
    { ...convModel, externalName: 'w.data', withoutExternal: true },
    /does not exist/,
  ],
  [
    'the same vector for every picture',
    {
      ...convModel,
      nodes: [
        { op: 'Mul', in: ['pixel_values', 'none'], out: ['zeros'] },
        { op: 'Add', in: ['zeros', 'one'], out: ['ones'] },
        ...convModel.nodes.map((each, index) =>
          index === 0 ? { ...each, in: ['ones', 'filters'] } : each,
        ),
      ],
      tensors: [
        ...convModel.tensors,
        { name: 'none', dims: [1], values: Float32Array.of(0) },
        { name: 'one', dims: [1], values: Float32Array.of(1) },
      ],
    },
    /every picture the same vector/,
  ],
];

describe('a file that is no encoder', () => {
  it.each(refusals)('is refused with %s', async (_, model, message) => {
    const folder = join(temporaryFolder(), 'inner');
    const path = written(model, 'model.onnx', folder);
    const adding = add(temporaryLibrary(), { path });
    await expect(adding).rejects.toMatchObject({ code: 'bad-encoder' });
    await expect(adding).rejects.toThrow(message);
    await expect(adding).rejects.toThrow(path);
  });

  it('is refused when it is not ONNX, cut short, empty, or not there', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'model.onnx');
    const whole = readFileSync(written(convModel, 'whole.onnx', folder));
    for (const [bytes, message] of [
      [Buffer.from('These bytes are no model.'), /is not an ONNX model/],
      [whole.subarray(0, whole.length / 2), /cut short/],
      [Buffer.alloc(0), /empty/],
    ] as const) {
      writeFileSync(path, bytes);
      await expect(inspectEncoder({ path })).rejects.toThrow(message);
    }
    await expect(inspectEncoder({ path: join(folder, 'none.onnx') })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('is refused when the weights beside it are cut short', async () => {
    const path = written({ ...convModel, externalName: 'w.data' });
    const data = join(path, '../w.data');
    writeFileSync(data, readFileSync(data).subarray(0, 100));
    await expect(inspectEncoder({ path })).rejects.toThrow(/cut short: 100 bytes of the 1728/);
  });

  it('is refused when a link beside it leads to weights elsewhere', async () => {
    const path = written({ ...convModel, externalName: 'w.data' });
    const elsewhere = join(temporaryFolder(), 'w.data');
    const data = join(path, '../w.data');
    renameSync(data, elsewhere);
    symlinkSync(elsewhere, data);
    await expect(inspectEncoder({ path })).rejects.toThrow(/"w.data", which is outside its folder/);
  });

  it('is refused when its output turns out to be of another shape than its file says', async () => {
    const outputs = [{ ...featuresOutput(['batch', 16]), name: 'relu' }];
    const path = written({ ...convModel, outputs });
    await expect(add(await smallLibrary(), { path })).rejects.toThrow(
      /16 x 16 x 16.*not a vector|output relu|ONNX Runtime says/,
    );
  });

  it('names outputs and sides that are not there', async () => {
    const path = written({ ...convModel, tensors: [...convModel.tensors, ints('x', [1])] });
    const output = { name: 'feature', pooling: 'vector' } as const;
    await expect(inspectEncoder({ path, output })).rejects.toThrow(/Did you mean features/);
    await expect(inspectEncoder({ path, preprocessing: { width: 64 } })).rejects.toThrow(
      /fixes the width at 32/,
    );
  });
});
