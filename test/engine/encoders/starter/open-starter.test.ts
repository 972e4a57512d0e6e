import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStarter } from '../../../../src-main/engine/encoders/starter/open-starter.ts';
import {
  starterFeatures,
  starterPictureLength,
} from '../../../../src-main/engine/encoders/starter/starter-features.ts';
import { readStarterFiles } from '../../../../src-main/engine/encoders/starter/starter-files.ts';
import {
  createStarterProgram,
  openStarterThreads,
  starterDimensions,
} from '../../../../src-main/engine/encoders/starter/starter-network.ts';

const models = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/human')),
  '../models',
);
const folder = join(import.meta.dirname, '../../../fixtures/emoji/food-fruit');
const files = await readStarterFiles(models);
const names = readdirSync(folder).slice(0, 11);
const atOnce = (): Promise<void> => Promise.resolve();

describe('the starter encoder for many pictures', () => {
  let pictures = new Uint8Array();
  let expected = new Float32Array();
  beforeAll(async () => {
    const decoded = names.map((name) =>
      sharp(join(folder, name)).resize(224, 224).flatten({ background: 'white' }).raw().toBuffer(),
    );
    pictures = new Uint8Array(Buffer.concat(await Promise.all(decoded)));
    const { modelJson, weightBytes } = files;
    const program = await createStarterProgram(modelJson, weightBytes, 1, 'cpu', { threads: 1 });
    const rows = [];
    for (let row = 0; row < names.length; row += 1) {
      const images = pictures.slice(row * starterPictureLength, (row + 1) * starterPictureLength);
      const { values } = (await program.run({ images }))['features']!;
      rows.push(...Array.from(values, (value) => value / 2));
    }
    expected = Float32Array.from(rows);
    await program.dispose();
  });

  it.each([
    [1, 4],
    [2, 4],
    [3, 4],
    [2, 16],
  ])(
    'gives the same bits in %d threads as one picture at a time, in runs of %d',
    async (threads, batch) => {
      const { modelJson, weightBytes } = files;
      const programs = await openStarterThreads(modelJson, weightBytes, batch, threads);
      const found = await starterFeatures({ programs, batch }, pictures, atOnce);
      await Promise.all(programs.map((program) => program.dispose()));
      expect(found).toHaveLength(names.length * starterDimensions);
      expect(found).toEqual(expected);
    },
  );

  it.each([
    ['few', 1],
    ['many', 100_000],
  ])('gives them where there are %s', async (_, count) => {
    const opened = await openStarter(files, 'cpu', count);
    const { vectors, bad } = await opened.features(pictures, atOnce);
    await opened.dispose();
    expect({ vectors, bad }).toEqual({ vectors: expected, bad: [] });
  });

  it('is stopped between two runs, and gives them again afterwards', async () => {
    const opened = await openStarter(files, 'cpu', 100_000);
    let asked = 0;
    const stop = async (): Promise<void> => {
      await Promise.resolve();
      asked += 1;
      if (asked > 2) throw new Error('cancelled');
    };
    await expect(opened.features(pictures, stop)).rejects.toThrow('cancelled');
    expect((await opened.features(pictures, atOnce)).vectors).toEqual(expected);
    await opened.dispose();
  });
});
