import { readFile, stat } from 'node:fs/promises';
import type * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { EngineError } from '../../../contract/errors/errors.ts';
import { fileBeside } from './external-data.ts';
import type { EncoderFile } from './external-data.ts';
import { readJson } from './read-json.ts';

/** What is read of the weights in a model.json; TensorFlow.js itself reads the rest. */
const weightsGroups = z.array(
  z.looseObject({
    paths: z.array(z.string()),
    weights: z.array(
      z.looseObject({
        name: z.string(),
        dtype: z.string(),
        shape: z.array(z.number().int().min(0)),
      }),
    ),
  }),
);
type WeightsGroups = z.infer<typeof weightsGroups>;

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
  const { modelTopology } = json;
  const manifest = weightsGroups.safeParse(json['weightsManifest']);
  if (!isObject(modelTopology) || !manifest.success) {
    throw new EngineError(
      'bad-encoder',
      `${path} is not a TensorFlow.js model: it has no modelTopology with a weightsManifest.`,
    );
  }
  const weights = await readWeights(path, manifest.data);
  const { signature, userDefinedMetadata } = json;
  return {
    kind: Array.isArray(modelTopology['node']) ? 'tfjs-graph' : 'tfjs-layers',
    files: [{ path, sizeBytes: (await stat(path)).size }, ...weights.files],
    artifacts: {
      ...(signature !== undefined && { signature }),
      ...(userDefinedMetadata !== undefined && { userDefinedMetadata }),
      modelTopology,
      weightSpecs: manifest.data.flatMap((group) => group.weights),
      weightData: weights.data,
    } as tf.io.ModelArtifacts,
  };
}

async function readWeights(
  model: string,
  manifest: WeightsGroups,
): Promise<{ files: EncoderFile[]; data: ArrayBuffer }> {
  const parts: Buffer[] = [];
  const files: EncoderFile[] = [];
  for (const name of manifest.flatMap(({ paths }) => paths)) {
    const file = await fileBeside(model, name);
    parts.push(await readFile(file.path));
    files.push(file);
  }
  const whole = Buffer.concat(parts);
  const data = whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length);
  return { files, data };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
