import { DecodePool } from '../../pictures/decode-pool.ts';
import type { Library } from '../../store/library-file.ts';
import { presentSampleIds } from '../../store/samples.ts';
import { decodePictures } from '../../pictures/decode-pictures.ts';
import type { Preprocessing } from '../../../contract/preprocessing.ts';
import { seedRandom } from '../../numeric/random.ts';

/**
 * Pictures to try an encoder on: one of noise, one that fades from black to white, and some of the
 * library, evenly spread; count x height x width x 3 bytes.
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
  for (let at = 0; at < length; at++) {
    pictures[at] = random.index(256);
    pictures[length + at] = Math.floor((256 * at) / length);
  }
  for (let at = 2; at < count; at++) {
    // Where there are few pictures, they come again.
    const start = own.length === 0 ? 0 : ((at - 2) * length) % own.length;
    const source = own.length === 0 ? pictures : own;
    pictures.set(source.subarray(start, start + length), at * length);
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
  const pool = new DecodePool(library.file, 1);
  try {
    const { pictures } = await decodePictures({
      library,
      pool,
      sampleIds,
      pictureLength: plan.width * plan.height * 3,
      taskOf: (path, hash) => ({ kind: 'resized', path, hash, resize: plan }),
      signal,
    });
    return pictures;
  } finally {
    await pool.close();
  }
}
