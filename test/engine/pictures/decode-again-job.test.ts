import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Background } from '../../../src-main/contract/decoding.ts';
import { runEmbedJob } from '../../../src-main/engine/encoders/embed-job.ts';
import { runDecodeAgainJob } from '../../../src-main/engine/pictures/decode-again-job.ts';
import { ensurePixels } from '../../../src-main/engine/pictures/decode-pixels.ts';
import { renderPicture } from '../../../src-main/engine/pictures/render-picture.ts';
import { readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { libraryDecoding } from '../../../src-main/engine/store/library-decoding.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { readPixels } from '../../../src-main/engine/store/pixels.ts';
import { listRuns } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds, presentSamples } from '../../../src-main/engine/store/samples.ts';
import { readThumbnail } from '../../../src-main/engine/store/thumbnails.ts';
import { temporaryFolder, temporaryLibrary } from '../store/temporary-library.ts';
import { testContext } from '../training/job-contexts.ts';
import { noise, writeFiles } from './made-pictures.ts';
import { scan } from './scan.ts';

/** A library of an opaque picture, and of a red square with transparency around it. */
async function scanned(): Promise<Library> {
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  const square = sharp({ create: { width: 20, height: 20, channels: 4, background: '#ff0000' } });
  const folder = temporaryFolder();
  const around = { top: 30, bottom: 30, left: 30, right: 30, background: clear };
  writeFiles(folder, {
    'a.jpg': await noise(80, 80, 1).jpeg().toBuffer(),
    'b.png': await square.extend(around).png().toBuffer(),
  });
  const library = temporaryLibrary();
  await scan(library, folder);
  return library;
}

const layOn = (library: Library, background: Background) =>
  runDecodeAgainJob(testContext({ library, job: 1 }), { background, align: false });

async function corner(image: Uint8Array): Promise<number[]> {
  const { data } = await sharp(image).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray(0, 3)];
}

async function corners(library: Library) {
  const { hashes, ids, paths } = presentSamples(library);
  const row = paths.indexOf('b.png');
  const [hash, id] = [hashes[row]!, ids[row]!];
  await ensurePixels({
    ...{ library, sampleIds: ids, size: 80, workers: 1 },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  return {
    thumbnail: await corner(readThumbnail(library, hash)!),
    viewer: await corner(await renderPicture(library, hash, 80)),
    encoder: [...readPixels(library, Uint32Array.of(id), 80).subarray(0, 3)],
  };
}

const near = (level: number): unknown =>
  expect.toSatisfy((shown: number[]) => shown.every((value) => Math.abs(value - level) <= 3));

test('eye and encoder see the same background, before and after it is changed', async () => {
  const library = await scanned();
  for (const [background, level] of [
    ['white', 255],
    ['black', 0],
    ['grey', 128],
    ['checkerboard', 0x99],
  ] as const) {
    const { missing } = await layOn(library, background);
    expect(missing).toBe(0);
    expect(libraryDecoding(library).background).toBe(background);
    const level3 = near(level) as number[];
    expect(await corners(library)).toEqual({
      thumbnail: level3,
      viewer: level3,
      encoder: level3,
    });
  }
});

test('embeddings on another background are other embeddings, and the former stay', async () => {
  const library = await scanned();
  const embed = async () => {
    const input = { encoder: 'pixels', device: 'cpu' };
    await runEmbedJob(testContext({ library, job: 2 }), input);
    return listRuns(library)[0]!.weightsHash!;
  };
  const white = await embed();
  await layOn(library, 'black');
  const black = await embed();
  expect(black).not.toBe(white);
  const ids = presentSampleIds(library);
  const rows = [white, black].map((hash) => readEmbeddings(library, hash, 'h', ids).vectors);
  const dimensions = rows[0]!.length / 2;
  // The opaque picture has the same vector, the other not.
  expect(rows[0]!.subarray(0, dimensions)).toEqual(rows[1]!.subarray(0, dimensions));
  expect(rows[0]!.subarray(dimensions)).not.toEqual(rows[1]!.subarray(dimensions));
  await layOn(library, 'white');
  expect(await embed()).toBe(white);
});

test('a library from before keeps its decoding until it is aligned', async () => {
  const library = await scanned();
  library.query("DELETE FROM meta WHERE key = 'decoding'").run();
  expect(libraryDecoding(library)).toEqual({ background: 'white', enlarging: 'shifted' });
  const context = testContext({ library, job: 1 });
  await ensurePixels({
    ...{ library, sampleIds: presentSampleIds(library), size: 128, workers: 1 },
    signal: context.signal,
    onProgress: () => undefined,
  });
  const [id] = presentSampleIds(library);
  const before = readPixels(library, Uint32Array.of(id!), 128);
  await runDecodeAgainJob(context, { align: true });
  expect(libraryDecoding(library)).toEqual({ background: 'white', enlarging: 'aligned' });
  expect(() => readPixels(library, Uint32Array.of(id!), 128)).toThrow(/not decoded/);
  await ensurePixels({
    ...{ library, sampleIds: presentSampleIds(library), size: 128, workers: 1 },
    signal: context.signal,
    onProgress: () => undefined,
  });
  expect(readPixels(library, Uint32Array.of(id!), 128)).not.toEqual(before);
});
