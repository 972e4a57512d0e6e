import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { EncoderFile } from './external-data.ts';
import { readJson } from './read-json.ts';

interface WeightsGroup {
  readonly paths: readonly string[];
  readonly weights: tf.io.WeightsManifestEntry[];
}

/** A TFJS model.json and the weights in files beside it. */
export interface TfjsFile {
  readonly kind: 'tfjs-graph' | 'tfjs-layers';
  readonly files: readonly EncoderFile[];
  readonly artifacts: tf.io.ModelArtifacts;
}

/**
 * Reads a model.json and its weights.
 * @throws EngineError not-found, bad-encoder for another format and for missing weights
 */
export async function readTfjsFile(path: string): Promise<TfjsFile> {
  const json = await readJson(path);
  if (json === null) throw new EngineError('not-found', `There is no file ${path}.`);
  const { modelTopology, weightsManifest } = json as {
    modelTopology?: Record<string, unknown>;
    weightsManifest?: WeightsGroup[];
  };
  if (!modelTopology || !Array.isArray(weightsManifest)) {
    throw new EngineError(
      'bad-encoder',
      `${path} is not a TensorFlow.js model: it has no modelTopology with a weightsManifest.`,
    );
  }
  const weights = await readWeights(path, weightsManifest);
  const { signature, userDefinedMetadata } = json;
  return {
    kind: Array.isArray(modelTopology['node']) ? 'tfjs-graph' : 'tfjs-layers',
    files: [{ path, sizeBytes: (await stat(path)).size }, ...weights.files],
    artifacts: {
      ...(signature !== undefined && { signature }),
      ...(userDefinedMetadata !== undefined && { userDefinedMetadata }),
      modelTopology,
      weightSpecs: weightsManifest.flatMap((group) => group.weights),
      weightData: weights.data,
    } as tf.io.ModelArtifacts,
  };
}

async function readWeights(
  model: string,
  manifest: readonly WeightsGroup[],
): Promise<{ files: EncoderFile[]; data: ArrayBuffer }> {
  const parts: Buffer[] = [];
  const files: EncoderFile[] = [];
  for (const name of manifest.flatMap(({ paths }) => paths)) {
    const path = join(dirname(model), name);
    if (isAbsolute(name) || normalize(name).startsWith('..')) {
      throw new EngineError(
        'bad-encoder',
        `${model} wants weights from "${name}", which is outside its folder. That is refused: put them beside the model.`,
      );
    }
    try {
      parts.push(await readFile(path));
    } catch (cause) {
      throw new EngineError(
        'bad-encoder',
        `${model} has its weights in ${path}, which does not exist: put the file beside the model.`,
        { cause },
      );
    }
    files.push({ path, sizeBytes: parts.at(-1)?.length ?? 0 });
  }
  const whole = Buffer.concat(parts);
  const data = whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length);
  return { files, data };
}
