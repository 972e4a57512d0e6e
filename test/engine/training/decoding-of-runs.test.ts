import { describe, expect, test } from 'vitest';
import { runEmbedJob } from '../../../src-main/engine/encoders/embed-job.ts';
import { runDecodeAgainJob } from '../../../src-main/engine/pictures/decode-again-job.ts';
import { readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import { refuseOtherDecoding } from '../../../src-main/engine/training/run-row.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

describe('a trained run', () => {
  test('keeps the background of its training, whatever the library lies on later', async () => {
    const library = await scannedLibrary(['animal-bird', 'clothing']);
    const { run: number } = await runTrainJob(testContext({ library, job: 1 }), {
      ...smallTraining,
      epochs: 1,
      batch: 12,
    });
    const run = findRun(library, number);
    expect(run.settings['decoding']).toEqual({ background: 'white', enlarging: 'aligned' });
    const ids = presentSampleIds(library).subarray(0, 6);
    const hash = run.weightsHash!;
    const before = readEmbeddings(library, hash, 'h', ids).vectors;
    await runDecodeAgainJob(testContext({ library, job: 2 }), {
      background: 'black',
      align: false,
    });
    // Embedded again as if these pictures were new.
    library.query(`DELETE FROM embeddings WHERE sampleId IN (${[...ids].join(', ')})`).run();
    const input = { encoder: number, device: 'cpu' };
    await runEmbedJob(testContext({ library, job: 3 }), input);
    const after = readEmbeddings(library, hash, 'h', ids).vectors;
    for (const [index, value] of before.entries()) expect(after[index]).toBeCloseTo(value, 4);
    expect(() => refuseOtherDecoding(library, run)).toThrow(/lay on white and lie on black now/);
  });
});
