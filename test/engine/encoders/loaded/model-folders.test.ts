import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectEncoder } from '../../../../src-main/engine/encoders/loaded/inspect-encoder.ts';
import { temporaryFolder } from '../../store/temporary-library.ts';
import { add, embed, smallLibrary, written } from './encoder-jobs.ts';
import { convModel, featuresOutput, pixels, vitModel } from './test-models.ts';
import type { TestModel } from './write-onnx.ts';

const openSize = pixels(['batch_size', 'num_channels', 'height', 'width']);
const visionTower: TestModel = {
  ...convModel,
  inputs: [openSize],
  outputs: [
    { name: 'last_hidden_state', type: 'float32', shape: ['batch_size', 16, 16, 16] },
    { ...featuresOutput(['batch_size', 16]), name: 'image_embeds' },
  ],
  nodes: convModel.nodes.map((node) => ({
    ...node,
    out: node.out.map((name) =>
      name === 'relu' ? 'last_hidden_state' : name === 'features' ? 'image_embeds' : name,
    ),
    in: node.in.map((name) => (name === 'relu' ? 'last_hidden_state' : name)),
  })),
};

interface Folder {
  readonly config: object;
  readonly preprocessor?: object;
  readonly models?: Readonly<Record<string, TestModel>>;
}

/** A folder as Hugging Face lays it out. */
function modelFolder({ config, preprocessor, models = {} }: Folder, name = 'my-model'): string {
  const folder = join(temporaryFolder(), name);
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  if (preprocessor) {
    writeFileSync(join(folder, 'preprocessor_config.json'), JSON.stringify(preprocessor));
  }
  for (const [file, model] of Object.entries(models)) written(model, file, join(folder, 'onnx'));
  return folder;
}

const imageNet = { image_mean: [0.485, 0.456, 0.406], image_std: [0.229, 0.224, 0.225] };
const halves = { image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] };
const clipColours = {
  image_mean: [0.48145466, 0.4578275, 0.40821073],
  image_std: [0.26862954, 0.26130258, 0.27577711],
};
const vit = { 'model.onnx': vitModel };

/** Fields as the families' own preprocessor_config.json have them. */
const families: [string, Folder, object, object][] = [
  [
    'DINOv2',
    {
      config: { model_type: 'dinov2', patch_size: 14 },
      preprocessor: {
        ...imageNet,
        size: { shortest_edge: 256 },
        crop_size: { height: 224, width: 224 },
        do_center_crop: true,
        do_resize: true,
        do_rescale: true,
        resample: 3,
        rescale_factor: 0.00392156862745098,
      },
      models: vit,
    },
    { mode: 'crop', resize: 256, width: 224, height: 224, kernel: 'cubic', scale: 1 / 255 },
    { name: 'pooler_output', pooling: 'vector' },
  ],
  [
    'DINOv3',
    {
      config: { model_type: 'dinov3_vit' },
      preprocessor: {
        ...imageNet,
        size: { height: 224, width: 224 },
        do_center_crop: null,
        crop_size: null,
        resample: 2,
        rescale_factor: 1 / 255,
      },
      models: vit,
    },
    { mode: 'stretch', resize: 224, width: 224, height: 224, kernel: 'linear' },
    { name: 'pooler_output', pooling: 'vector' },
  ],
  [
    'CLIP',
    {
      config: { model_type: 'clip', text_config: {}, vision_config: {} },
      preprocessor: {
        ...clipColours,
        size: { shortest_edge: 224 },
        crop_size: { height: 224, width: 224 },
        do_center_crop: true,
        resample: 3,
      },
      models: { 'model.onnx': convModel, 'vision_model.onnx': visionTower },
    },
    { mode: 'crop', resize: 224, width: 224, kernel: 'cubic', mean: clipColours.image_mean },
    { name: 'image_embeds', pooling: 'vector' },
  ],
  [
    'SigLIP',
    {
      config: { model_type: 'siglip' },
      preprocessor: { ...halves, size: { height: 384, width: 384 }, resample: 3 },
      models: { 'vision_model.onnx': vitModel },
    },
    { mode: 'stretch', resize: 384, width: 384, height: 384, mean: [0.5, 0.5, 0.5] },
    { name: 'pooler_output', pooling: 'vector' },
  ],
  [
    'an old ViT',
    {
      config: { model_type: 'vit' },
      preprocessor: { ...halves, size: 224, do_resize: true, resample: 2 },
      models: vit,
    },
    { mode: 'stretch', resize: 224, width: 224, std: [0.5, 0.5, 0.5], scale: 1 / 255 },
    { name: 'last_hidden_state', pooling: 'cls' },
  ],
  [
    'ResNet and ConvNeXt',
    {
      config: { model_type: 'convnext' },
      preprocessor: { ...imageNet, size: { shortest_edge: 224 }, crop_pct: 0.875, resample: 3 },
      models: vit,
    },
    { mode: 'crop', resize: 256, width: 224, height: 224 },
    { name: 'pooler_output', pooling: 'vector' },
  ],
  [
    'a large ConvNeXt',
    {
      config: { model_type: 'convnext' },
      preprocessor: { ...imageNet, size: { shortest_edge: 384 }, crop_pct: 0.875, resample: 3 },
      models: vit,
    },
    { mode: 'stretch', resize: 384, width: 384, height: 384 },
    { name: 'pooler_output', pooling: 'vector' },
  ],
  [
    'timm',
    {
      config: {
        architecture: 'resnet50',
        pretrained_cfg: { input_size: [3, 224, 224], crop_pct: 0.95, interpolation: 'bicubic' },
      },
      models: vit,
    },
    { mode: 'crop', resize: 235, width: 224, kernel: 'cubic' },
    { name: 'pooler_output', pooling: 'vector' },
  ],
  [
    'bytes that are not scaled',
    {
      config: {},
      preprocessor: { size: 224, do_rescale: false, do_normalize: false },
      models: vit,
    },
    { scale: 1, mean: [0, 0, 0], std: [1, 1, 1] },
    { name: 'pooler_output', pooling: 'vector' },
  ],
];

describe('a model folder', () => {
  it.each(families)('of %s gives preprocessing and output', async (_, folder, plan, output) => {
    const found = await inspectEncoder({ path: modelFolder(folder) });
    expect(found.preprocessing).toMatchObject(plan);
    expect(found.output).toEqual(output);
    expect(found.preprocessingReason).toMatch(/^Read from/);
  });

  it('gives its name to the encoder, whose vision tower embeds', async () => {
    const library = await smallLibrary();
    const [, clip] = families[2]!;
    const path = modelFolder(clip, 'clip-tiny');
    const added = await add(library, { path });
    expect(added).toMatchObject({ name: 'clip-tiny', description: { family: 'clip' } });
    expect(added.description.notes.join(' ')).toContain('model.onnx');
    expect(await embed(library, 'clip-tiny')).toMatchObject({ embedded: 12, dimensions: 16 });
  });

  it('is known by its file alone, with the files around it', async () => {
    const [, dino] = families[0]!;
    const path = join(modelFolder(dino), 'onnx/model.onnx');
    const found = await inspectEncoder({ path });
    expect(found).toMatchObject({ family: 'dinov2', preprocessing: { resize: 256 } });
  });

  it('without a model says what to do with the weights that are there', async () => {
    const folder = modelFolder({ config: { model_type: 'dinov2' } });
    writeFileSync(join(folder, 'model.safetensors'), '');
    await expect(inspectEncoder({ path: folder })).rejects.toThrow(
      /no \.onnx file.*model\.safetensors: export the model to ONNX/s,
    );
    writeFileSync(join(folder, 'config.json'), '{"model_type": ');
    await expect(inspectEncoder({ path: folder })).rejects.toThrow(/no \.onnx file/);
    written(vitModel, 'model.onnx', folder);
    await expect(inspectEncoder({ path: folder })).rejects.toThrow(/config\.json is not JSON/);
  });
});
