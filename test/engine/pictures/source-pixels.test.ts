import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  ensurePixels,
  ensureSourcePixels,
} from '../../../src-main/engine/pictures/decode-pixels.ts';
import { StoredCropSources } from '../../../src-main/engine/pictures/stored-crop-sources.ts';
import { ViewCropper } from '../../../src-main/engine/pictures/view-cropper.ts';
import { saveDecoding } from '../../../src-main/engine/store/library-decoding.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { presentSampleIds, presentSamples } from '../../../src-main/engine/store/samples.ts';
import { temporaryFolder, temporaryLibrary } from '../store/temporary-library.ts';
import { scan } from './scan.ts';

function request(library: Library, size: number) {
  return {
    ...{ library, sampleIds: presentSampleIds(library), size, workers: 1 },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
}

/** A library of a picture of 150 x 60 pixels, and one of 12 x 12. */
async function twoPictures(): Promise<{ library: Library; long: number; small: number }> {
  const folder = temporaryFolder();
  const picture = (width: number, height: number) =>
    sharp(
      Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 37) % 251),
      { raw: { width, height, channels: 3 } },
    ).png();
  await picture(150, 60).toFile(join(folder, 'long.png'));
  await picture(12, 12).toFile(join(folder, 'small.png'));
  const library = temporaryLibrary();
  await scan(library, folder);
  const { ids, paths } = presentSamples(library);
  const [long = 0, small = 0] = ['long.png', 'small.png'].map((name) => ids[paths.indexOf(name)]);
  return { library, long, small };
}

function stored(library: Library): unknown[] {
  return library
    .query('SELECT sampleId, size, width, height, length(rgb) AS bytes FROM sourcePixels')
    .all();
}

describe('pictures that views are cropped from', () => {
  it('are stored uncropped, three times a view on the shorter side, and only where that is larger', async () => {
    const { library, long } = await twoPictures();
    await ensureSourcePixels(request(library, 16));
    // 60 pixels become 48, and 150 become 120.
    const expected = { sampleId: long, size: 48, width: 120, height: 48, bytes: 120 * 48 * 3 };
    expect(stored(library)).toEqual([expected]);
    expect(await ensureSourcePixels(request(library, 16))).toMatchObject({ decoded: 0 });
    await ensureSourcePixels(request(library, 32));
    expect(stored(library)).toEqual([
      expected,
      { sampleId: long, size: 96, width: 150, height: 60, bytes: 150 * 60 * 3 },
    ]);
    saveDecoding(library, { background: 'black', enlarging: 'aligned' });
    expect(stored(library)).toEqual([]);
  });

  it('are cropped by threads as they are in one', async () => {
    const { library, long, small } = await twoPictures();
    await ensurePixels(request(library, 16));
    await ensureSourcePixels(request(library, 16));
    const sources = new StoredCropSources(library.file, 16, 0);
    expect(sources.read(long)).toMatchObject({ kind: 'source', width: 120, height: 48 });
    expect(sources.read(small).kind).toBe('square');
    const cropper = new ViewCropper(library.file, 16);
    const whole = [0, 0, 1, 1];
    // 16 of 48 rows and of 120 columns, from the 33rd row and the 105th column on, mirrored.
    const corner = [32 / 48, 1, 16 / 48, -16 / 120];
    const ids = Uint32Array.of(small, long, long);
    const { images, crops } = await cropper.crop(
      ids,
      Float32Array.from([...whole, ...corner, ...whole]),
    );
    await cropper.close();
    const length = 16 * 16 * 3;
    expect(images).toHaveLength(3 * length);
    const square = sources.read(small);
    expect([...images.subarray(0, length)]).toEqual([...square.rgb]);
    const { rgb } = sources.read(long);
    const cut = Array.from({ length: 16 }, (_, row) => [
      ...rgb.subarray(((32 + row) * 120 + 104) * 3, ((32 + row) * 120 + 120) * 3),
    ]).flat();
    expect([...images.subarray(length, 2 * length)]).toEqual(cut);
    expect([...crops]).toEqual([...whole, 0, 1, 1, -1, ...whole]);
    sources.close();
  });
});
