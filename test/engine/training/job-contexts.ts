import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EngineError } from '../../../src-main/contract/errors/errors.ts';
import { trainInput } from '../../../src-main/contract/runs.ts';
import type { JobContext, JobReport } from '../../../src-main/engine/jobs/job-context.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';

/** 96 real pictures in 8 folders. */
export const emojiFolder = join(import.meta.dirname, '../../fixtures/emoji');

/** A training of a few steps: 96 pictures make 4 steps an epoch. Verdicts are all fed. */
export const smallTraining = trainInput.parse({
  epochs: 3,
  batch: 24,
  size: 16,
  device: 'cpu',
  seed: 5,
  heldOut: 0,
});

interface TestContextOptions {
  readonly library: Library;
  readonly job: number;
  readonly onReport?: (report: JobReport) => void;
  /** Cancels at this call of `yieldToEvents`. */
  readonly cancelAt?: number;
}

/** The folder of the starter encoder's model. */
export function testModelFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@vladmandic/human')), '../models');
}

/** What a worker thread would give a job. */
export function testContext({ library, job, onReport, cancelAt }: TestContextOptions): JobContext {
  let breaths = 0;
  return {
    library,
    job,
    signal: new AbortController().signal,
    now: () => Date.now(),
    modelFolder: testModelFolder(),
    report: (report) => onReport?.(report),
    showMap: () => undefined,
    yieldToEvents: () => {
      breaths += 1;
      if (breaths !== cancelAt) return Promise.resolve();
      return Promise.reject(new EngineError('cancelled', 'The job was cancelled.'));
    },
  };
}
