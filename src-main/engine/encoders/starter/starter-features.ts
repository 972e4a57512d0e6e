import { EngineError } from '../../../contract/errors/errors.ts';
import type { StatelessProgram } from '../../graph/program-threads.ts';
import { starterDimensions, starterSide } from './starter-network.ts';

/** Bytes of a picture for the starter encoder. */
export const starterPictureLength = starterSide * starterSide * 3;
/** Scales four unit vectors side by side, of length 2, to length 1. */
const scale = 0.5;

/** The starter encoder, ready to run. */
export interface StarterPrograms {
  /** The same program several times, where runs of them go on side by side. */
  readonly programs: readonly StatelessProgram[];
  /** Pictures in a run. */
  readonly batch: number;
}

/**
 * The features of pictures [n, 224, 224, 3] RGB bytes as unit rows [n, 752]. Which program a picture goes to, and
 * with which others, changes no bit of its row.
 * @throws EngineError internal if a value is not a number, and as `yieldToEvents`
 */
export async function starterFeatures(
  { programs, batch }: StarterPrograms,
  pictures: Uint8Array,
  yieldToEvents: () => Promise<void>,
): Promise<Float32Array> {
  const count = pictures.length / starterPictureLength;
  const features = new Float32Array(count * starterDimensions);
  const batches = firstRows(count, batch);
  const lane = async (program: StatelessProgram): Promise<void> => {
    for (const first of batches) {
      await yieldToEvents();
      const rows = Math.min(batch, count - first);
      const values = await batchFeatures(program, batch, picturesAt(pictures, first, rows));
      features.set(values.subarray(0, rows * starterDimensions), first * starterDimensions);
    }
  };
  // A lane that throws closes the batches that all lanes share, and so ends the others.
  const ends = await Promise.allSettled(programs.map(lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return features.map((value) => scale * value);
}

function* firstRows(count: number, batch: number): Generator<number, void> {
  for (let first = 0; first < count; first += batch) yield first;
}

function picturesAt(pictures: Uint8Array, first: number, rows: number): Uint8Array {
  return pictures.subarray(first * starterPictureLength, (first + rows) * starterPictureLength);
}

async function batchFeatures(
  program: StatelessProgram,
  batch: number,
  pictures: Uint8Array,
): Promise<Float32Array> {
  const images = new Uint8Array(batch * starterPictureLength);
  images.set(pictures);
  const values = (await program.run({ images }))['features']?.values;
  if (values instanceof Float32Array && values.every(Number.isFinite)) return values;
  throw new EngineError('internal', 'The starter encoder gave vectors that are not numbers.');
}
