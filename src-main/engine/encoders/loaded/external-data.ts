import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { OnnxFile } from './onnx-file.ts';

/** A file of an encoder. */
export interface EncoderFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/**
 * The files beside an ONNX model that have its weights. A path outside the model's folder is refused,
 * because a model from elsewhere must not read other files of this machine.
 * @throws EngineError bad-encoder for a path outside, and for a missing or truncated file
 */
export async function externalDataFiles(model: OnnxFile): Promise<EncoderFile[]> {
  const files: EncoderFile[] = [];
  for (const [location, neededBytes] of model.external) {
    files.push(await externalFile(model.path, location, neededBytes));
  }
  return files;
}

async function externalFile(
  model: string,
  location: string,
  neededBytes: number,
): Promise<EncoderFile> {
  const file = await fileBeside(model, location);
  if (file.sizeBytes >= neededBytes) return file;
  throw new EngineError(
    'bad-encoder',
    `${file.path} is cut short: ${file.sizeBytes} bytes of the ${neededBytes} that ${model} reads. Copy or download it again.`,
  );
}

/**
 * A file of weights that a model names.
 * @throws EngineError bad-encoder where it is not there, or leads out of the model's folder
 */
export async function fileBeside(model: string, location: string): Promise<EncoderFile> {
  const folder = dirname(model);
  const path = resolve(folder, location);
  const isPath = location !== '' && !location.includes('\0') && !isAbsolute(location);
  if (!isPath || !isInside(path, folder)) throw outside(model, location);
  const sizeBytes = await sizeOf(path, model);
  // In Hugging Face's cache, model and weights are links into one folder; other links are refused.
  const real = await realpath(path);
  const homes = [await realpath(folder), dirname(await realpath(model))];
  if (!homes.some((home) => isInside(real, home))) throw outside(model, location);
  return { path, sizeBytes };
}

async function sizeOf(path: string, model: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
  } catch (cause) {
    throw new EngineError(
      'bad-encoder',
      `${model} has its weights in ${path}, which does not exist: put the file beside the model.`,
      { cause },
    );
  }
  throw new EngineError('bad-encoder', `${model} has its weights in ${path}, which is no file.`);
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function outside(model: string, location: string): EngineError {
  return new EngineError(
    'bad-encoder',
    `${model} wants weights from "${location}", which is outside its folder. That is refused: put them beside the model.`,
  );
}
