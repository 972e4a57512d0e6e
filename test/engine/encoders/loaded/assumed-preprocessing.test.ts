import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { imageProcessorClasses } from '../../../../src-main/engine/encoders/loaded/preprocessing/image-processor-classes.ts';
import { inspectEncoder } from '../../../../src-main/engine/encoders/loaded/inspect-encoder.ts';
import { temporaryFolder } from '../../store/temporary-library.ts';
import { pictureModel } from './picture-model.ts';
import { bytesModel, convModel } from './test-models.ts';
import { writeOnnx } from './write-onnx.ts';
import type { TestModel } from './write-onnx.ts';

/** What is found in a folder with these files beside the model. */
async function found(files: Readonly<Record<string, object>>, model: TestModel = pictureModel) {
  const folder = join(temporaryFolder(), 'encoder');
  mkdirSync(folder);
  for (const [file, json] of Object.entries(files)) {
    writeFileSync(join(folder, file), JSON.stringify(json));
  }
  const path = writeOnnx(join(folder, 'model.onnx'), model);
  return await inspectEncoder({ path });
}

const processor = (json: object): Record<string, object> => ({ 'preprocessor_config.json': json });
const whole = {
  image_processor_type: 'BitImageProcessor',
  size: { shortest_edge: 256 },
  crop_size: { height: 224, width: 224 },
  resample: 3,
  rescale_factor: 1 / 255,
  image_mean: [0.5, 0.5, 0.5],
  image_std: [0.25, 0.25, 0.25],
};

describe('what is told of a preprocessing', () => {
  it('is the file alone where it says all', async () => {
    const { preprocessingReason, assumptions } = await found(processor(whole));
    expect(preprocessingReason).toBe(
      'Read from preprocessor_config.json beside the model, by the rules of BitImageProcessor.',
    );
    expect(assumptions).toEqual([]);
  });

  it('names the values that are the class’s own', async () => {
    const { assumptions } = await found(processor({ image_processor_type: 'ViTImageProcessor' }));
    expect(assumptions).toEqual([
      'preprocessor_config.json does not have size, resample, rescale_factor, image_mean, image_std: the defaults of ViTImageProcessor are taken.',
    ]);
  });

  it('names a class that is not known, and still reads its keys', async () => {
    const json = { ...whole, image_processor_type: 'OwnImageProcessor', do_center_crop: true };
    const { preprocessing, assumptions } = await found(processor(json));
    expect(preprocessing).toMatchObject({ mode: 'crop', resize: 256, width: 224, kernel: 'cubic' });
    expect(assumptions).toEqual([
      expect.stringContaining('the class OwnImageProcessor, which is not known here'),
    ]);
  });

  it('names keys that are not known or not understood, unless they switch nothing on', async () => {
    const json = { ...whole, do_sharpen: true, do_pad: false, pad_size: null, image_std: 'small' };
    const { preprocessing, assumptions } = await found(processor(json));
    expect(preprocessing.std).toEqual([0.26862954, 0.26130258, 0.27577711]);
    expect(assumptions?.join(' ')).toMatch(/left out: image_std \("small"\), do_sharpen\.$/);
  });

  it('says that a class does what is not done here', async () => {
    const { assumptions } = await found(
      processor({ image_processor_type: 'Siglip2ImageProcessor' }),
    );
    expect(assumptions?.join(' ')).toMatch(/gives a row of patches instead of a picture/);
  });

  it('says that the file is missing, and whose defaults are taken instead', async () => {
    const known = await found({ 'config.json': { model_type: 'dinov2', image_size: 518 } });
    expect(known.preprocessing).toMatchObject({ mode: 'crop', width: 518, kernel: 'cubic' });
    expect(known.preprocessingReason).toMatch(/^Assumed from config\.json: .*BitImageProcessor/);
    expect(known.assumptions?.[0]).toMatch(/There is no preprocessor_config\.json/);
    const nothing = await found({});
    expect(nothing.preprocessingReason).toMatch(/^No file beside the model says it/);
    expect(nothing.assumptions?.[0]).toMatch(/^All of it is assumed/);
  });

  it('says that the model takes another size than the file has', async () => {
    const { preprocessing, assumptions } = await found(processor(whole), convModel);
    // 256 * 32 / 224, rounded down.
    expect(preprocessing).toMatchObject({ width: 32, height: 32, resize: 36 });
    expect(assumptions).toEqual([expect.stringMatching(/says 224 x 224, but .* 32 x 32 only/)]);
  });

  it('says that a model of bytes scales them itself', async () => {
    const { preprocessing, assumptions } = await found(processor(whole), bytesModel);
    expect(preprocessing).toMatchObject({ scale: 1, mean: [0, 0, 0], std: [1, 1, 1] });
    expect(assumptions?.join(' ')).toMatch(/takes bytes/);
  });

  it('names the other files that say something', async () => {
    const files = { ...processor(whole), 'open_clip_config.json': { preprocess_cfg: {} } };
    const { assumptions } = await found(files);
    expect(assumptions).toEqual(['Also there, and not used for this: open_clip_config.json.']);
  });
});

describe('other ages and authors of files', () => {
  it.each([
    ['a size with keys that are null', { ...whole, size: { shortest_edge: 256, height: null } }],
    ['a filter by name', { ...whole, resample: 'PILImageResampling.BICUBIC' }],
    ['a limit of the longer edge', { ...whole, size: { shortest_edge: 256, longest_edge: 900 } }],
  ])('%s is read', async (_, json) => {
    const { preprocessing } = await found(processor(json));
    expect(preprocessing).toMatchObject({ mode: 'crop', resize: 256, width: 224, kernel: 'cubic' });
  });

  it('a filter that is not there is told', async () => {
    const { preprocessing, assumptions } = await found(processor({ ...whole, resample: 4 }));
    expect(preprocessing.kernel).toBe('linear');
    expect(assumptions).toEqual(['Its filter (resample 4) is not there; linear is taken.']);
  });

  it('open_clip’s keys under the name of another file are read by its rules', async () => {
    const json = { image_processor_type: 'JinaCLIPImageProcessor', size: 224, mean: 0.5, std: 0.5 };
    const { preprocessing, preprocessingReason } = await found(
      processor({ ...json, resize_mode: 'shortest', interpolation: 'bicubic', fill_color: 0 }),
    );
    expect(preprocessing).toMatchObject({ mode: 'crop', resize: 224, mean: [0.5, 0.5, 0.5] });
    expect(preprocessingReason).toMatch(/rules of open_clip/);
  });

  it('a model of two towers has the type of its tower for pictures', async () => {
    const config = { model_type: 'own-pair', vision_config: { model_type: 'dinov2' } };
    const { preprocessingReason } = await found({ 'config.json': config });
    expect(preprocessingReason).toMatch(/BitImageProcessor/);
  });
});

describe('timm’s settings', () => {
  const sizes = { input_size: [3, 224, 224], test_input_size: [3, 288, 288] };
  const shares = { crop_pct: 0.95, test_crop_pct: 1 };
  const settings = { ...sizes, ...shares, interpolation: 'bicubic', mean: 0.5, std: 0.5 };

  it('have a size for tests, which Transformers and a model of that size take', async () => {
    const plain = await found({ 'config.json': { architecture: 'x', pretrained_cfg: settings } });
    expect(plain.preprocessing).toMatchObject({ width: 224, resize: 235 });
    expect(plain.assumptions).toEqual([]);
    const config = { model_type: 'timm_wrapper', architecture: 'x', pretrained_cfg: settings };
    const wrapped = await found({
      'config.json': config,
      ...processor({ image_processor_type: 'TimmWrapperImageProcessor' }),
    });
    expect(wrapped.preprocessing).toMatchObject({ width: 288, resize: 288 });
    const input = { ...pictureModel.inputs[0]!, shape: ['n', 3, 288, 288] };
    const fixed = await found(
      { 'config.json': { architecture: 'x', default_cfg: settings } },
      { ...pictureModel, inputs: [input] },
    );
    expect(fixed.preprocessing).toMatchObject({ width: 288, resize: 288 });
  });
});

it('open_clip’s size is that of the model before that of the preprocessing', async () => {
  const model = { vision_cfg: { image_size: 336 } };
  const { preprocessing } = await found({
    'open_clip_config.json': { model_cfg: model, preprocess_cfg: { size: 224 } },
  });
  expect(preprocessing).toMatchObject({ mode: 'crop', resize: 336, width: 336, oddMargin: 'even' });
});

it.each(Object.keys(imageProcessorClasses))('%s has a preprocessing of its own', async (name) => {
  for (const variant of ['ImageProcessor', 'ImageProcessorFast', 'FeatureExtractor']) {
    const { preprocessingReason } = await found(
      processor({ image_processor_type: `${name}${variant}` }),
    );
    expect(preprocessingReason).toContain(`by the rules of ${name}${variant}`);
  }
});
