import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspectEncoder } from '../../../src-main/engine/encoders/loaded/inspect-encoder.ts';
import type { FuzzFormat } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { jsonMutations } from '../mutations/json-mutations.ts';
import { textMutations } from '../mutations/text-mutations.ts';
import { oneOf } from '../mutations/mutation.ts';
import { convModel } from '../../engine/encoders/loaded/test-models.ts';
import { writeOnnx } from '../../engine/encoders/loaded/write-onnx.ts';
import { changedSample, sampleOf } from './one-file.ts';
import type { Sample } from './one-file.ts';

const three = [0.5, 0.4, 0.3];
/** One of each kind that is told apart, with the keys that are read. */
const processors: readonly object[] = [
  {
    ...{ image_processor_type: 'CLIPImageProcessor', do_resize: true, size: { shortest_edge: 32 } },
    ...{ do_center_crop: true, crop_size: { height: 32, width: 32 }, resample: 3 },
    ...{ do_rescale: true, rescale_factor: 1 / 255, do_normalize: true },
    ...{ image_mean: three, image_std: three, do_convert_rgb: true },
  },
  { feature_extractor_type: 'ViTFeatureExtractor', size: 32, resample: 2, image_mean: three },
  { image_processor_type: 'ConvNextImageProcessor', crop_pct: 0.875, size: { shortest_edge: 32 } },
  { image_processor_type: 'EfficientNetImageProcessor', rescale_offset: true, include_top: true },
  { mean: three, std: three, interpolation: 'bicubic', resize_mode: 'shortest', size: 32 },
];
const timm = {
  ...{ input_size: [3, 32, 32], interpolation: 'bicubic', crop_pct: 0.9, crop_mode: 'center' },
  ...{ mean: three, std: three, fixed_input_size: true },
};
const files: readonly (readonly [string, object])[] = [
  ['config.json', { model_type: 'clip', vision_config: { model_type: 'clip', image_size: 32 } }],
  ['config.json', { architecture: 'resnet50', num_classes: 10, pretrained_cfg: timm }],
  ['config.json', { model_type: 'timm_wrapper', pretrained_cfg: timm, model_args: {} }],
  ['processor_config.json', { image_processor: processors[0], processor_class: 'CLIPProcessor' }],
  ['preprocess_cfg.json', processors[4] ?? {}],
  [
    'open_clip_config.json',
    { model_cfg: { vision_cfg: { image_size: 32 } }, preprocess_cfg: processors[4] },
  ],
  ...processors.map((processor) => ['preprocessor_config.json', processor] as const),
];

export const preprocessingFormat: FuzzFormat = {
  name: 'preprocessing',
  title: 'Settings beside encoders (config.json, preprocessor_config.json, …)',
  open(scratch) {
    mkdirSync(scratch, { recursive: true });
    writeOnnx(join(scratch, 'model.onnx'), convModel);
    const model = sampleOf(scratch, 'model.onnx').bytes;
    const all = files.map(([path, json]) => ({ path, bytes: Buffer.from(JSON.stringify(json)) }));
    const mutations = { ...jsonMutations, ...textMutations };
    const rarely = { ...mutations, ...byteMutations };
    return Promise.resolve({
      make: (random) => {
        const others = random.index(2) === 0 ? [] : [oneOf(all, random)];
        const beside = { 'model.onnx': model, ...besideOf(others) };
        const samples = [{ ...oneOf(all, random), beside }];
        return changedSample(samples, random.index(3) === 0 ? rarely : mutations, random);
      },
      read: async (folder) => {
        await inspectEncoder({ path: folder });
      },
    });
  },
};

function besideOf(samples: readonly Sample[]): Record<string, Uint8Array> {
  return Object.fromEntries(samples.map(({ path, bytes }) => [path, bytes]));
}
