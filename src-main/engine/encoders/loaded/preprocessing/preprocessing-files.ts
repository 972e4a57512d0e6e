import type { FixedSides, FoundPreprocessing } from './found-preprocessing.ts';
import {
  huggingFacePreprocessing,
  preprocessingOfModelType,
} from './hugging-face-preprocessing.ts';
import { openClipPreprocessing } from './open-clip-preprocessing.ts';
import { timmPreprocessing, timmSettings } from './timm-preprocessing.ts';

type Json = Readonly<Record<string, unknown>>;

/** The files that may say a preprocessing. */
export const preprocessingFileNames = [
  'config.json',
  'preprocessor_config.json',
  'processor_config.json',
  'preprocess_cfg.json',
  'open_clip_config.json',
] as const;

/** The files beside a model that may say its preprocessing, by name; null for those that are not there. */
export type PreprocessingFiles = Readonly<
  Record<(typeof preprocessingFileNames)[number], Json | null>
>;

/** The model's type by its config.json, or its architecture as timm names it; empty if unknown. */
export function familyOf(files: PreprocessingFiles): string {
  const config = files['config.json'] ?? {};
  const name = config['model_type'] ?? config['architecture'];
  return typeof name === 'string' ? name : '';
}

/** The type of the half of a two-tower model that takes pictures; empty if unknown. */
function pictureFamily(files: PreprocessingFiles): string {
  const name = asObject(files['config.json']?.['vision_config'])?.['model_type'];
  return typeof name === 'string' ? name : '';
}

/** A way to read a preprocessing from a file. */
interface Reader {
  readonly file: string;
  readonly read: (fixed: FixedSides) => FoundPreprocessing;
}

/**
 * The preprocessing that the files beside a model say, from the one that is most about it; null where
 * none says anything.
 */
export function preprocessingOfFiles(
  files: PreprocessingFiles,
  fixed: FixedSides,
): FoundPreprocessing | null {
  const [first, ...others] = readersOf(files);
  if (!first) {
    const side = imageSide(files);
    return (
      preprocessingOfModelType(familyOf(files), side, fixed) ??
      preprocessingOfModelType(pictureFamily(files), side, fixed)
    );
  }
  const found = first.read(fixed);
  if (others.length === 0) return found;
  const names = others.map(({ file }) => file).join(', ');
  return {
    ...found,
    assumptions: [...found.assumptions, `Also there, and not used for this: ${names}.`],
  };
}

function readersOf(files: PreprocessingFiles): Reader[] {
  const readers: Reader[] = [];
  const config = files['config.json'] ?? {};
  const timm = timmSettings(config);
  const family = familyOf(files);
  const processors = [
    ['preprocessor_config.json', files['preprocessor_config.json']],
    ['processor_config.json', asObject(files['processor_config.json']?.['image_processor'])],
  ] as const;
  for (const [file, json] of processors) {
    // The wrapper's own file has nothing but its name.
    if (json === null || isTimmWrapper(json)) continue;
    if (isLikeOpenClip(json)) {
      readers.push({
        file,
        read: (fixed) => openClipPreprocessing(json, file, undefined, fixed),
      });
      continue;
    }
    readers.push({ file, read: (fixed) => huggingFacePreprocessing(json, file, family, fixed) });
  }
  const openClip = files['open_clip_config.json'];
  const alone = files['preprocess_cfg.json'];
  if (alone) {
    const file = 'preprocess_cfg.json';
    readers.push({
      file,
      read: (fixed) => openClipPreprocessing(alone, file, openClipSize(openClip), fixed),
    });
  }
  if (openClip) {
    const file = 'open_clip_config.json';
    const settings = asObject(openClip['preprocess_cfg']) ?? {};
    readers.push({
      file,
      read: (fixed) => openClipPreprocessing(settings, file, openClipSize(openClip), fixed),
    });
  }
  if (timm) {
    const isWrapped = family === 'timm_wrapper';
    readers.push({
      file: 'config.json (timm)',
      read: (fixed) => timmPreprocessing(timm, isWrapped, fixed),
    });
  }
  return readers;
}

function isTimmWrapper({ image_processor_type: name }: Json): boolean {
  return typeof name === 'string' && name.startsWith('TimmWrapper');
}

/** Some classes of authors (Jina's CLIP) have open_clip's keys under the name of another file. */
function isLikeOpenClip(json: Json): boolean {
  return json['mean'] !== undefined && json['resize_mode'] !== undefined;
}

function asObject(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : null;
}

/** The size that open_clip's settings of the model have. */
function openClipSize(config: Json | null): unknown {
  const model = asObject(config?.['model_cfg']);
  return asObject(model?.['vision_cfg'])?.['image_size'];
}

/** The side of the pictures that a model of Transformers was made for; null where it is not said. */
function imageSide(files: PreprocessingFiles): number | null {
  const config = files['config.json'] ?? {};
  const side = asObject(config['vision_config'])?.['image_size'] ?? config['image_size'];
  return typeof side === 'number' && Number.isInteger(side) && side >= 8 && side <= 2048
    ? side
    : null;
}
