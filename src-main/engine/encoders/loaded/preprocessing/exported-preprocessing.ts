import { preprocessing as preprocessingSchema } from '../../../../contract/preprocessing.ts';
import type { Preprocessing } from '../../../../contract/preprocessing.ts';
import type { PictureResize } from '../../../pictures/resize-frame.ts';
import type { FoundPreprocessing } from './found-preprocessing.ts';

/** The key of the preprocessing, as JSON, in the metadata of an ONNX file that was exported here. */
export const preprocessingKey = 'preprocessing';

/** What an encoder that was exported here scales itself: nothing is left to do with the values. */
const unscaled = { channels: 'rgb', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const;

/**
 * The preprocessing that an exported encoder needs before it: that of its loaded encoder without the
 * colours, or the one of encoders that were trained here on pictures of `size` x `size`.
 */
export function exportedPreprocessing(size: number, loaded: PictureResize | null): Preprocessing {
  const resize = loaded ?? trainedResize(size, size);
  return { ...resize, ...unscaled, mean: [0, 0, 0], std: [1, 1, 1] };
}

function trainedResize(width: number, height: number): Preprocessing {
  return {
    ...{ mode: 'cover', resize: Math.min(width, height), width, height, kernel: 'lanczos3' },
    ...{ ...unscaled, mean: [0, 0, 0], std: [1, 1, 1] },
  };
}

/**
 * The preprocessing in the metadata of an ONNX file that was exported here; null for other files. Old
 * exports have it as a sentence only.
 */
export function preprocessingOfExport(
  metadata: ReadonlyMap<string, string>,
): FoundPreprocessing | null {
  const run = metadata.get('run');
  if (run === undefined || !metadata.has('weights_sha256')) return null;
  const preprocessing =
    writtenPlan(metadata.get(preprocessingKey)) ??
    describedPlan(metadata.get('before_input') ?? '');
  if (!preprocessing) return null;
  const reason = `Read from the file itself: Negatoscope exported it, from the run “${run}”.`;
  return { preprocessing, reason, assumptions: [] };
}

function writtenPlan(json: string | undefined): Preprocessing | null {
  if (json === undefined) return null;
  try {
    return preprocessingSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

function describedPlan(sentence: string): Preprocessing | null {
  const own = /shorter side to (\d+) pixels \(Lanczos\)/.exec(sentence);
  if (own) return trainedResize(Number(own[1]), Number(own[1]));
  const loaded = /resize it \((\w+)\).*\((\w+); resize side (\d+), cut (\d+) x (\d+)/.exec(
    sentence,
  );
  if (!loaded) return null;
  const [, kernel, mode, resize, width, height] = loaded;
  const sides = { resize: Number(resize), width: Number(width), height: Number(height) };
  return preprocessingSchema.safeParse({ mode, kernel, ...sides, ...unscaled }).data ?? null;
}
