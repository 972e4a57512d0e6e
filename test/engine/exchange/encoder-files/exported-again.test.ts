import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportEncoderInput } from '../../../../src-main/contract/exports.ts';
import { preprocessingOfExport } from '../../../../src-main/engine/encoders/loaded/preprocessing/exported-preprocessing.ts';
import { runExportEncoderJob } from '../../../../src-main/engine/exchange/encoder-files/export-encoder-job.ts';
import { readEmbeddings } from '../../../../src-main/engine/store/embeddings.ts';
import type { Library } from '../../../../src-main/engine/store/library-file.ts';
import { findRun } from '../../../../src-main/engine/store/runs.ts';
import { presentSampleIds } from '../../../../src-main/engine/store/samples.ts';
import { runTrainJob } from '../../../../src-main/engine/training/train-job.ts';
import { add, embed, smallLibrary, written } from '../../encoders/loaded/encoder-jobs.ts';
import { convModel, pixels } from '../../encoders/loaded/test-models.ts';
import { temporaryFolder } from '../../store/temporary-library.ts';
import { smallTraining, testContext } from '../../training/job-contexts.ts';

const short = { ...smallTraining, epochs: 1, batch: 6, views: 2 };
const openSize = { ...convModel, inputs: [pixels(['batch', 3, 'height', 'width'])] };
/** Another kernel and order of channels, an odd margin, and a border. */
const unusual = {
  ...{ mode: 'longest', resize: 37, width: 40, height: 40, kernel: 'cubic', channels: 'bgr' },
  ...{ oddMargin: 'even', fill: [200, 100, 0], scale: 1 / 127.5, mean: [1, 1, 1], std: [1, 1, 2] },
};

/**
 * The largest difference of the run's vectors h from those of its exported encoder, added again. Both
 * compute in float32 from the same bytes, those that are shrunk for HOG too, so it is below 1e-4.
 */
async function differenceAgain(library: Library, run: number): Promise<number> {
  const file = join(temporaryFolder(), 'exported.onnx');
  await runExportEncoderJob(
    testContext({ library, job: 6 }),
    exportEncoderInput.parse({ run, file }),
  );
  const added = await add(library, { path: file });
  expect(added.description.preprocessingReason).toMatch(/^Read from the file itself/);
  await embed(library, 'exported');
  const ids = presentSampleIds(library);
  const vectorsOf = (hash: string): Float32Array => readEmbeddings(library, hash, 'h', ids).vectors;
  const again = vectorsOf(added.identity);
  const own = vectorsOf(findRun(library, run).weightsHash ?? '');
  expect(again).toHaveLength(own.length);
  return own.reduce((most, value, index) => Math.max(most, Math.abs(value - again[index]!)), 0);
}

it.each([
  ['head', 'starter'],
  ['head', 'pixels'],
  ['adapter', 'hog'],
  ['adapter', 'starter+hog'],
] as const)('%s on %s, exported and added again, is the same', async (encoder, on) => {
  const library = await smallLibrary();
  const context = testContext({ library, job: 5 });
  const { run } = await runTrainJob(context, { ...short, encoder, on });
  expect(await differenceAgain(library, run)).toBeLessThan(1e-4);
});

it('a head on an encoder with an unusual preprocessing, exported and added again, is the same', async () => {
  const library = await smallLibrary();
  await add(library, { path: written(openSize), name: 'odd', preprocessing: unusual });
  await embed(library, 'odd');
  const context = testContext({ library, job: 5 });
  const { run } = await runTrainJob(context, { ...short, encoder: 'adapter', on: 'odd' });
  expect(await differenceAgain(library, run)).toBeLessThan(1e-4);
});

it('exports of older versions say their preprocessing in a sentence, which is read too', () => {
  const begin =
    'Turn the picture upright (EXIF), lay it on white where it is transparent, convert it to sRGB';
  const metadata = (before: string): Map<string, string> =>
    new Map([
      ['run', 'hard'],
      ['weights_sha256', 'ab'],
      ['before_input', `${begin}, ${before}`],
    ]);
  const own = preprocessingOfExport(
    metadata('bring its shorter side to 16 pixels (Lanczos), and cut out the middle 16 x 16.'),
  );
  expect(own?.preprocessing).toMatchObject({ mode: 'cover', kernel: 'lanczos3', width: 16 });
  const loaded = preprocessingOfExport(
    metadata(
      'then resize it (cubic): The shorter side is brought to the resize side, then the middle is cut out (crop; resize side 256, cut 224 x 224, offsets rounded down, and sides too unless it is stretched).',
    ),
  );
  expect(loaded?.preprocessing).toEqual({
    ...{ mode: 'crop', resize: 256, width: 224, height: 224, kernel: 'cubic', channels: 'rgb' },
    ...{ scale: 1, mean: [0, 0, 0], std: [1, 1, 1] },
  });
  expect(preprocessingOfExport(new Map([['run', 'other']]))).toBeNull();
});
