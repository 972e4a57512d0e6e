import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EngineError } from '../../contract/errors/errors.ts';
import type { StoredEncoder } from '../store/encoders.ts';

/** The files of a text tower, which turns text into vectors of a run's space. */
export interface TextTower {
  /** Name of the encoder whose pictures the text is compared with. */
  readonly encoder: string;
  readonly model: string;
  /** The folder of config.json and tokenizer.json. */
  readonly folder: string;
  /** The family by config.json. */
  readonly family: string;
  /** Matches the outputs whose vectors are in the space of the pictures. */
  readonly output: RegExp;
  readonly dimensions: number;
}

/** Which output of a text tower belongs to which output of a vision tower. */
const pairs: readonly { vision: RegExp; text: RegExp; families: RegExp }[] = [
  { vision: /image_embed/i, text: /text_embed/i, families: /./ },
  // SigLIP's loss compares the outputs of its poolers.
  { vision: /pooler_output/i, text: /pooler_output/i, families: /siglip/i },
];

/**
 * Finds the text tower in the folder of an encoder's vision tower, in Hugging Face's layout:
 * `text_model.onnx` beside `vision_model.onnx`, `tokenizer.json` in the same folder or the one above.
 * @throws EngineError not-found naming what is missing, bad-argument where the run's vectors are not
 * those that text is compared with
 */
export async function findTextTower(encoder: StoredEncoder): Promise<TextTower> {
  const { name, description, selfTest } = encoder;
  const { path, family, output } = description;
  const modelFolder = dirname(path);
  const model = await textModel(name, modelFolder, basename(path));
  const pair = pairs.find(
    ({ vision, families }) => vision.test(output.name) && families.test(family),
  );
  if (!pair) {
    throw new EngineError(
      'bad-argument',
      `"${name}" gives ${output.name}, which is not what its text tower is compared with; add the encoder again with the output image_embeds, or pooler_output for SigLIP.`,
    );
  }
  const folder = basename(modelFolder) === 'onnx' ? dirname(modelFolder) : modelFolder;
  if (!(await isFile(join(folder, 'tokenizer.json')))) {
    throw new EngineError(
      'not-found',
      `"${name}" has a text tower, but ${join(folder, 'tokenizer.json')} is missing, which splits text into tokens; copy it from the model's page.`,
    );
  }
  const { dimensions } = selfTest;
  return { encoder: name, model, folder, family, output: pair.text, dimensions };
}

async function textModel(name: string, folder: string, vision: string): Promise<string> {
  const files = await namesIn(name, folder);
  const texts = files.filter((file) => /^text_model.*\.onnx$/.test(file)).sort();
  const [, precision = ''] = /^vision_model(.*)\.onnx$/.exec(vision) ?? [];
  const best = [`text_model${precision}.onnx`, 'text_model.onnx'].find((file) =>
    texts.includes(file),
  );
  const found = best ?? texts[0];
  if (found !== undefined) return join(folder, found);
  throw new EngineError(
    'not-found',
    `There is no text tower beside "${name}": ${join(folder, 'text_model.onnx')} would be one. Only CLIP- and SigLIP-like encoders have one.`,
  );
}

async function namesIn(name: string, folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    throw new EngineError('not-found', `The folder of "${name}", ${folder}, is gone.`, { cause });
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
