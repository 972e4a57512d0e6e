import { ConfigKeys, shorterOf } from './config-keys.ts';
import type { FixedSides, FoundPreprocessing } from './found-preprocessing.ts';
import { fittedToModel } from './fitted-to-model.ts';
import { imageProcessorClasses } from './image-processor-classes.ts';
import type { ImageProcessorClass } from './image-processor-classes.ts';
import { imageProcessorOfModel } from './image-processor-of-model.ts';
import { imageProcessorPlan } from './image-processor-plan.ts';

type Json = Readonly<Record<string, unknown>>;

/** Keys of any image processor that change nothing in a picture of red, green and blue. */
const ignored = [
  /^(image_processor|feature_extractor)_type$|^_?processor_class$|^auto_map$/,
  /^(do_convert_rgb|return_tensors|(input_)?data_format|device|disable_grouping)$/,
  /^(_valid_processor_keys|_valid_kwargs_names|model_input_names|transformers_version)$/,
  /^image_seq(_?len(gth)?)$/,
];

interface ProcessorClass {
  /** As the file or the model has it, for sentences. */
  readonly name: string;
  readonly row: ImageProcessorClass;
  /** What was assumed to come to it; empty where the file names it. */
  readonly assumption: string;
}

/**
 * The preprocessing in a file of Transformers' image processors (preprocessor_config.json). The class
 * that it names, or that its model has, decides what its keys mean and what absent ones are.
 */
export function huggingFacePreprocessing(
  json: Json,
  file: string,
  modelType: string,
  fixed: FixedSides,
): FoundPreprocessing {
  const { name, row, assumption } = processorClass(json, file, modelType);
  const keys = new ConfigKeys(json);
  const { preprocessing, defaults, inexact } = imageProcessorPlan(keys, row);
  const fitted = fittedToModel(preprocessing, fixed, file);
  const isKnown = assumption === '' || name !== '';
  return {
    preprocessing: fitted.preprocessing,
    reason: `Read from ${file} beside the model${isKnown ? `, by the rules of ${name}` : ''}.`,
    assumptions: [
      assumption,
      defaults.length > 0
        ? `${file} does not have ${defaults.join(', ')}: ${isKnown ? `the defaults of ${name}` : 'usual values'} are taken.`
        : '',
      ...inexact,
      keys.leftSentence([...ignored, ...(row.ignores ? [row.ignores] : [])], file),
      ...fitted.assumptions,
    ].filter(Boolean),
  };
}

/** What is assumed for a model of Transformers without a file of its image processor; null if unknown. */
export function preprocessingOfModelType(
  modelType: string,
  imageSide: number | null,
  fixed: FixedSides,
): FoundPreprocessing | null {
  const found = imageProcessorOfModel(modelType);
  const row = classNamed(found ?? '');
  if (found === null || !row) return null;
  const { preprocessing } = imageProcessorPlan(new ConfigKeys({}), row);
  const sized = fittedToModel(
    preprocessing,
    { width: imageSide, height: imageSide },
    '',
  ).preprocessing;
  return {
    preprocessing: fittedToModel(sized, fixed, '').preprocessing,
    reason: `Assumed from config.json: the defaults of ${found}ImageProcessor, which Transformers takes for the model type ${modelType}.`,
    assumptions: [
      'There is no preprocessor_config.json beside the model, so no value is read; take the file from where the model came from, or check the values.',
      ...(row.inexact ? [`The class ${row.inexact}, which is not done here.`] : []),
    ],
  };
}

function processorClass(json: Json, file: string, modelType: string): ProcessorClass {
  const named = json['image_processor_type'] ?? json['feature_extractor_type'];
  if (typeof named === 'string') {
    const row = rowOf(named);
    if (row) return { name: named, row, assumption: '' };
    const assumption = `${file} names the class ${named}, which is not known here: its keys are read as most classes mean them.`;
    return { name: '', row: unknownClass(json), assumption };
  }
  const ofModel = imageProcessorOfModel(modelType);
  const row = classNamed(ofModel ?? '');
  if (ofModel !== null && row) {
    const name = `${ofModel}ImageProcessor`;
    const assumption = `${file} names no class: ${name} is taken, as Transformers does for the model type ${modelType}.`;
    return { name, row, assumption };
  }
  const wrapper = json['processor_class'];
  const joint = typeof wrapper === 'string' ? wrapper.replace(/Processor$/, '') : '';
  const jointRow = classNamed(joint);
  if (jointRow) {
    const name = `${joint}ImageProcessor`;
    const assumption = `${file} names no class of an image processor: ${name} is taken, by its processor_class.`;
    return { name, row: jointRow, assumption };
  }
  const assumption = `${file} names no class, and config.json no known model type: its keys are read as most classes mean them.`;
  return { name: '', row: unknownClass(json), assumption };
}

/** Files name classes as they like: `constructor`, too. */
function classNamed(name: string): ImageProcessorClass | undefined {
  return Object.hasOwn(imageProcessorClasses, name) ? imageProcessorClasses[name] : undefined;
}

/** The class of this name in any of its variants: slow, fast, of Pillow, or old. */
function rowOf(name: string): ImageProcessorClass | undefined {
  const [, short = '', variant = ''] =
    /^(.*?)(ImageProcessorFast|ImageProcessorPil|ImageProcessor|FeatureExtractor)$/.exec(name) ??
    [];
  const row = classNamed(short);
  if (!row || variant !== 'ImageProcessorFast') return row;
  // Fast classes take the keys of a crop, also where the slow one has none.
  const crop = row.crop ?? ('square' in row.size ? row.size.square : row.size.shortest);
  return { ...row, ...(row.rule !== 'convnext' && { crop }), ...row.fast };
}

/** What most classes do: the shorter side and a cut, or a square. */
function unknownClass(json: Json): ImageProcessorClass {
  const crops = json['do_center_crop'] === true;
  const share = json['crop_pct'];
  const size = new ConfigKeys(json).size('size');
  return {
    ...(typeof share === 'number' && { cropShare: share }),
    source: '',
    size: crops ? { shortest: 224 } : { square: 224 },
    kernel: 'linear',
    crop: size ? shorterOf(size) : 224,
    crops: false,
    colours: 'imageNet',
  };
}
