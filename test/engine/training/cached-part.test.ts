import { describe, expect, it } from 'vitest';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

const tuning: TrainInput = {
  ...{ ...smallTraining, size: undefined },
  ...{ encoder: 'finetune', on: 'starter', trainFrom: 'extern1', size: 32, epochs: 1, views: 3 },
};

async function train(library: Library, job: number, input: TrainInput) {
  const { run } = await runTrainJob(testContext({ library, job }), input);
  return findRun(library, run);
}

describe('x', () => {
  it('y', async () => {
    const library = await scannedLibrary();
    const run = await train(library, 1, tuning);
    expect(run.settings).toMatchObject({ views: 3 });
    console.log(run.metrics, run.imagesPerSecond);
    console.log(library.query('SELECT encoderHash, count(*) n, length(vectors) l FROM viewFeatures GROUP BY 1').all());
  });
});
