import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FuzzFormat } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { protobufMutations } from '../mutations/protobuf-mutations.ts';
import {
  bytesModel,
  convModel,
  halfModel,
  oldModel,
  vitModel,
} from '../../engine/encoders/loaded/test-models.ts';
import { writeOnnx } from '../../engine/encoders/loaded/write-onnx.ts';
import { changedSample, sampleOf } from './one-file.ts';
import type { Sample } from './one-file.ts';
import { runEncoder } from './run-encoder.ts';

const name = 'model.onnx';
const models = {
  conv: convModel,
  vit: vitModel,
  half: halfModel,
  bytes: bytesModel,
  old: oldModel,
  external: { ...convModel, externalName: 'weights.data' },
} as const;

export const onnxFormat: FuzzFormat = {
  name: 'onnx',
  title: 'ONNX models',
  open(scratch) {
    const samples = Object.entries(models).map(([folder, model]): Sample => {
      mkdirSync(join(scratch, folder));
      writeOnnx(join(scratch, folder, name), model);
      const others = readdirSync(join(scratch, folder)).filter((file) => file !== name);
      const beside = others.map((file) => [file, sampleOf(join(scratch, folder), file).bytes]);
      const sample = sampleOf(join(scratch, folder), name);
      return { ...sample, beside: Object.fromEntries(beside) as Record<string, Uint8Array> };
    });
    const mutations = { ...byteMutations, ...protobufMutations };
    return Promise.resolve({
      make: (random) =>
        // What the fields say is changed more often than what they are.
        changedSample(samples, random.index(3) === 0 ? mutations : protobufMutations, random),
      read: (folder, { path }) => runEncoder(join(folder, path)),
    });
  },
};
