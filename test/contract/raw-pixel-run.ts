import { join } from 'node:path';
import sharp from 'sharp';
import { saveEmbeddings } from '../../src-main/engine/store/embeddings.ts';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { createRun, updateRun } from '../../src-main/engine/store/runs.ts';
import { presentSamples } from '../../src-main/engine/store/samples.ts';

const side = 8;
const dimensions = side * side * 3;

/**
 * Adds a run whose features are the pictures' own pixels, centred, at 8 x 8, of length 1: real
 * embeddings of real pictures, without waiting for an encoder. Resolves to the run's number.
 */
export async function addRawPixelRun(
  libraryFile: string,
  folder: string,
  name = 'raw pixels',
): Promise<number> {
  const library = openLibrary(libraryFile, { mode: 'worker', now: () => Date.now() });
  const { ids, paths } = presentSamples(library);
  const vectors = new Float32Array(ids.length * dimensions);
  for (const [row, path] of paths.entries()) {
    vectors.set(await unitPixels(join(folder, path)), row * dimensions);
  }
  const weightsHash = 'f'.repeat(64);
  const { id } = createRun(library, {
    name,
    kind: 'loaded',
    encoder: 'pixels',
    objective: null,
    settings: {},
    state: 'done',
  });
  updateRun(library, id, { weightsHash });
  saveEmbeddings(library, weightsHash, 'h', ids, { dimensions, vectors });
  library.close();
  return id;
}

async function unitPixels(file: string): Promise<Float32Array> {
  const bytes = await sharp(file)
    .flatten({ background: '#fff' })
    .resize(side, side, { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer();
  const mean = bytes.reduce((total, value) => total + value, 0) / bytes.length;
  const centred = Float32Array.from(bytes, (value) => value - mean);
  const length = Math.hypot(...centred);
  return centred.map((value) => value / length);
}
