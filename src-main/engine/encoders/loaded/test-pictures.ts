import { DecodePool } from '../../pictures/decode-pool.ts';
import type { Library } from '../../store/library-file.ts';
import { libraryDecoding } from '../../store/library-decoding.ts';
import { presentSampleIds } from '../../store/samples.ts';
import { decodePictures } from '../../pictures/decode-pictures.ts';
import type { Preprocessing } from '../../../contract/preprocessing.ts';
import { seedRandom } from '../../numeric/random.ts';

/**
 * The pictures for a self-test, [count, height, width, 3] bytes: one of noise, one that fades from
 * black to white, and evenly spaced ones of the library.
 */
export async function testPictures(
  library: Library,
  plan: Preprocessing,
  count: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const length = plan.width * plan.height * 3;
  const own = await libraryPictures(library, plan, count - 2, signal);
  const pictures = new Uint8Array(count * length);
  const random = seedRandom(1);
  for (let index = 0; index < length; index++) {
    pictures[index] = random.index(256);
    pictures[length + index] = Math.floor((256 * index) / length);
  }
  for (let index = 2; index < count; index++) {
    // If there are too few pictures, they are repeated.
    const start = own.length === 0 ? 0 : ((index - 2) * length) % own.length;
    const source = own.length === 0 ? pictures : own;
    pictures.set(source.subarray(start, start + length), index * length);
  }
  return pictures;
}

async function libraryPictures(
  library: Library,
  plan: Preprocessing,
  count: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const present = presentSampleIds(library);
  const wanted = Math.min(count, present.length);
  if (wanted === 0) return new Uint8Array(0);
  const sampleIds = Uint32Array.from(
    { length: wanted },
    (_, index) => present[Math.floor((index * present.length) / wanted)] ?? 0,
  );
  const decoding = libraryDecoding(library);
  const pool = new DecodePool(library.file, 1);
  try {
    const { pictures } = await decodePictures({
      library,
      pool,
      sampleIds,
      pictureLength: plan.width * plan.height * 3,
      taskOf: (path, hash) => ({ kind: 'resized', path, hash, resize: plan, decoding }),
      signal,
    });
    return pictures;
  } finally {
    await pool.close();
  }
}
