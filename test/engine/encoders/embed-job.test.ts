import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runEmbedJob } from '../../../src-main/engine/encoders/embed-job.ts';
import { noise, writeFiles } from '../pictures/made-pictures.ts';
import { scan } from '../pictures/scan.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { findRun, listRuns } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import { limitThreads } from '../../../src-main/engine/threads/compute-limits.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { temporaryFolder, temporaryLibrary } from '../store/temporary-library.ts';
import { emojiFolder, smallTraining, testContext } from '../training/job-contexts.ts';

const classes = ['animal-bird', 'clothing', 'plant-flower'];

/** A folder with the given classes of the fixture, 12 pictures each, scanned. */
async function librarySeeing(folder: string, names: readonly string[]): Promise<Library> {
  for (const name of names) addClass(folder, name);
  const library = temporaryLibrary();
  await scan(library, folder);
  return library;
}

function addClass(folder: string, name: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  cpSync(join(emojiFolder, name), join(folder, name), { recursive: true });
}

const embed = (library: Library, encoder: string | number, cancelAt?: number) =>
  runEmbedJob(testContext({ library, job: 50, ...(cancelAt !== undefined && { cancelAt }) }), {
    encoder,
    device: 'cpu',
  });

function lengths({ vectors, dimensions }: { vectors: Float32Array; dimensions: number }): number[] {
  return Array.from({ length: vectors.length / dimensions }, (_, row) =>
    Math.hypot(...vectors.subarray(row * dimensions, (row + 1) * dimensions)),
  );
}

describe('embedding job', () => {
  it('embeds with a trained run only what that run has not seen', async () => {
    const folder = temporaryFolder();
    const library = await librarySeeing(folder, classes.slice(0, 2));
    const input = { ...smallTraining, epochs: 1, batch: 12 };
    const { run } = await runTrainJob(testContext({ library, job: 1 }), input);
    expect(await embed(library, run)).toMatchObject({
      run,
      embedded: 0,
      cached: 24,
      dimensions: 128,
    });

    addClass(folder, classes[2]!);
    await scan(library, folder);
    expect(await embed(library, run)).toMatchObject({ run, embedded: 12, cached: 24 });
    const hash = findRun(library, run).weightsHash!;
    for (const space of ['h', 'z'] as const) {
      const found = lengths(readEmbeddings(library, hash, space, presentSampleIds(library)));
      expect(found).toHaveLength(36);
      for (const length of found) expect(length).toBeCloseTo(1, 4);
    }
  });

  it('embeds with the starter encoder once, and whitens anew when the pictures change', async () => {
    const folder = temporaryFolder();
    const library = await librarySeeing(folder, classes.slice(0, 2));
    const first = await embed(library, 'starter');
    expect(first).toMatchObject({ embedded: 24, cached: 0 });
    const before = findRun(library, first.run).weightsHash;
    expect(await embed(library, 'starter')).toMatchObject({
      run: first.run,
      embedded: 0,
      cached: 24,
    });
    expect(findRun(library, first.run).weightsHash).toBe(before);

    addClass(folder, classes[2]!);
    await scan(library, folder);
    expect(await embed(library, 'starter')).toMatchObject({
      run: first.run,
      embedded: 12,
      cached: 24,
    });
    const after = findRun(library, first.run).weightsHash!;
    expect(after).not.toBe(before);
    const whitened = readEmbeddings(library, after, 'h', presentSampleIds(library));
    for (const length of lengths(whitened)) expect(length).toBeCloseTo(1, 4);
    expect(listRuns(library)).toHaveLength(1);
  });

  it('stores the finished part of an embedding that is cancelled', async () => {
    const library = await librarySeeing(temporaryFolder(), [
      ...classes,
      'food-fruit',
      'musical-instrument',
      'sky-weather',
      'transport-ground',
    ]);
    // 84 pictures are chunks of 64 and 20, in runs of 4: the 19th breath is in the second chunk.
    await expect(embed(library, 'starter', 19)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await embed(library, 'starter')).toMatchObject({ embedded: 20, cached: 64 });
  });

  it('gives the same vectors in one thread as in two with a session each', async () => {
    const folder = temporaryFolder();
    cpSync(emojiFolder, folder, { recursive: true });
    for (let seed = 0; seed < 34; seed += 1) {
      writeFiles(folder, { [`noise/${seed}.jpg`]: await noise(60, 40, seed).jpeg().toBuffer() });
    }
    const found = [];
    for (const threads of [1, 2]) {
      limitThreads(threads);
      onTestFinished(() => limitThreads(null));
      const library = temporaryLibrary();
      await scan(library, folder);
      const { run, embedded } = await embed(library, 'starter');
      expect(embedded).toBe(130);
      const hash = findRun(library, run).weightsHash!;
      found.push(readEmbeddings(library, hash, 'h', presentSampleIds(library)).vectors);
    }
    expect(found[1]).toEqual(found[0]);
  });

  it.each([
    ['pixels', 768],
    ['hog', 1156],
  ])('embeds without weights, by %s, what has to be beaten', async (encoder, length) => {
    const library = await librarySeeing(temporaryFolder(), classes);
    const { run, dimensions } = await embed(library, encoder);
    expect(dimensions).toBe(length);
    const hash = findRun(library, run).weightsHash!;
    const found = lengths(readEmbeddings(library, hash, 'h', presentSampleIds(library)));
    expect(found).toHaveLength(36);
    for (const each of found) expect(each).toBeCloseTo(1, 4);
    expect(await embed(library, encoder)).toMatchObject({ run, embedded: 0, cached: 36 });
  });

  it.each(['starter', 'hog', 'a trained run'])(
    'says which pictures %s left out, and embeds the others',
    async (encoder) => {
      const folder = temporaryFolder();
      const library = await librarySeeing(folder, classes.slice(0, 2));
      let wanted: string | number = encoder;
      if (encoder === 'a trained run') {
        const input = { ...smallTraining, epochs: 1, batch: 12 };
        wanted = (await runTrainJob(testContext({ library, job: 1 }), input)).run;
      }
      addClass(folder, classes[2]!);
      await scan(library, folder);
      const lost = readdirSync(join(folder, classes[2]!))[0]!;
      writeFileSync(join(folder, classes[2]!, lost), 'no picture any more');
      const { embedded, cached, leftOut } = await embed(library, wanted);
      expect(embedded + cached).toBe(35);
      expect(leftOut).toHaveLength(1);
      expect(leftOut![0]).toMatchObject({
        path: expect.stringContaining(lost) as string,
        code: 'damaged',
      });
      expect(leftOut![0]!.reason).not.toBe('');
    },
  );

  it('uses the device that is asked for only where there is something to embed', async () => {
    const library = await librarySeeing(temporaryFolder(), classes.slice(0, 1));
    const ask = (device: string) =>
      runEmbedJob(testContext({ library, job: 50 }), { encoder: 'starter', device });
    await expect(ask('abacus')).rejects.toMatchObject({ code: 'device-unavailable' });
    const { run } = await ask('cpu');
    expect(findRun(library, run).device).toBe('cpu');
    expect(await ask('abacus')).toMatchObject({ run, embedded: 0, cached: 12 });
    expect(findRun(library, run).device).toBe('cpu');
  });

  it('says what is wrong: no pictures, an unknown run, a run without a finished epoch', async () => {
    await expect(embed(temporaryLibrary(), 'starter')).rejects.toMatchObject({
      code: 'too-few-pictures',
    });
    const library = await librarySeeing(temporaryFolder(), classes);
    await expect(embed(library, 'nobody')).rejects.toMatchObject({ code: 'not-found' });
    const context = testContext({ library, job: 1, cancelAt: 1 });
    await expect(
      runTrainJob(context, { ...smallTraining, name: 'unfinished' }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    await expect(embed(library, 'unfinished')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('unfinished') as string,
    });
  });
});
