import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EngineError } from '../../../contract/errors/errors.ts';
import { familyOf, preprocessingFileNames } from './preprocessing/preprocessing-files.ts';
import type { PreprocessingFiles } from './preprocessing/preprocessing-files.ts';
import { readJson } from './read-json.ts';

/** What the files beside a model say of it. */
export interface EncoderHints {
  /** The family of models, empty if unknown. */
  readonly family: string;
  readonly files: PreprocessingFiles;
  readonly notes: readonly string[];
}

/** The path of an encoder's model, and what the files beside it say of it. */
interface FoundModel {
  readonly format: 'onnx' | 'tfjs';
  /** Absolute path of the .onnx file or model.json. */
  readonly model: string;
  readonly hints: EncoderHints;
}

/**
 * The preferred files, the best first: full precision, half, quantised; vision tower before whole
 * model.
 */
const preferredFiles = [
  'vision_model.onnx',
  'model.onnx',
  'vision_model_fp16.onnx',
  'model_fp16.onnx',
  'vision_model_quantized.onnx',
  'model_quantized.onnx',
];

/**
 * Finds the model in a file or folder: an ONNX file, a TFJS model.json, or a folder of either, as
 * Hugging Face lays them out (config.json, preprocessor_config.json, onnx/model.onnx).
 * @throws EngineError not-found, bad-encoder
 */
export async function findModel(given: string): Promise<FoundModel> {
  const path = resolve(given);
  if (await isFolder(path)) return await findInFolder(path);
  if (basename(path).endsWith('.json'))
    return { format: 'tfjs', model: path, hints: await hintsAt(dirname(path)) };
  const folder = dirname(path);
  const home = basename(folder) === 'onnx' ? dirname(folder) : folder;
  return { format: 'onnx', model: path, hints: await hintsAt(home) };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new EngineError('not-found', `There is no file or folder ${path}.`, { cause });
  }
}

async function findInFolder(folder: string): Promise<FoundModel> {
  const names = await readdir(folder);
  const models = await onnxFilesIn(folder, names);
  if (models.length > 0) {
    const hints = await hintsAt(folder);
    const [model = ''] = models;
    const others = models.slice(1).map((path) => basename(path));
    const notes = others.length > 0 ? [`Also there, and not used: ${others.join(', ')}.`] : [];
    return { format: 'onnx', model, hints: { ...hints, notes: [...hints.notes, ...notes] } };
  }
  if (names.includes('model.json')) {
    return { format: 'tfjs', model: join(folder, 'model.json'), hints: await hintsAt(folder) };
  }
  const weights = names.find((name) => /\.(safetensors|bin|pt|pth|h5)$/.test(name));
  const hint = weights
    ? ` It has ${weights}: export the model to ONNX first, with optimum-cli export onnx or torch.onnx.export.`
    : '';
  throw new EngineError(
    'bad-encoder',
    `${folder} has no .onnx file, no onnx folder and no model.json.${hint}`,
  );
}

async function onnxFilesIn(folder: string, names: readonly string[]): Promise<string[]> {
  const inner = names.includes('onnx') ? await readdir(join(folder, 'onnx')) : [];
  const files = [
    ...inner.map((name) => join(folder, 'onnx', name)),
    ...names.map((name) => join(folder, name)),
  ].filter((file) => file.endsWith('.onnx') && !/text_model|tokenizer|decoder/.test(file));
  const rank = (file: string): number => {
    const index = preferredFiles.indexOf(basename(file));
    return index < 0 ? preferredFiles.length : index;
  };
  return files.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

async function hintsAt(folder: string): Promise<EncoderHints> {
  const read = preprocessingFileNames.map(
    async (name) => [name, await readJson(join(folder, name))] as const,
  );
  const files = Object.fromEntries(await Promise.all(read)) as PreprocessingFiles;
  return { family: familyOf(files), files, notes: [] };
}
