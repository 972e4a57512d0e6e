import { isSameDecoding } from '../../contract/decoding.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import { takesFeatures } from '../../contract/encoder-kinds.ts';
import { trainAgainInput } from '../../contract/train-again.ts';
import type { TrainInput } from '../../contract/runs.ts';
import { verdictUse } from '../../contract/verdict-use.ts';
import { chooseDevice } from '../devices/choose-device.ts';
import { decodingOfRun } from '../encoders/embedding/decoded-identity.ts';
import { tunedBaseOfRun } from '../encoders/tuned/tuned-base.ts';
import { frozenEncoderOfRun } from '../encoders/find-frozen-encoder.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { runCheckpoint } from '../store/checkpoints.ts';
import { libraryDecoding } from '../store/library-decoding.ts';
import type { Library } from '../store/library-file.ts';
import { savePositives } from '../store/positives.ts';
import { findRun, updateRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import { presentSampleIds } from '../store/samples.ts';
import { materialOfPlan } from './material/material-of-plan.ts';
import { planTraining } from './plan/training-plan.ts';
import { decodeState } from './plan/training-state.ts';
import { measurePositives } from './positives/measure-positives.ts';
import { picturesOf } from './run-row.ts';
import { keptNormalisers } from './sources/bank-noise.ts';

/** The part of the progress that preparing the pictures takes. */
const preparedShare = 0.3;

/**
 * Measures the positives of a trained run's last epoch, for a run of an earlier version or after more
 * pictures are there again.
 */
export const runPositivesJob: JobRunner<'positives'> = async (context, input) => {
  const { library } = context;
  const run = findRun(library, input.run);
  const checkpoint = runCheckpoint(library, run);
  if (run.kind !== 'trained' || !checkpoint?.training) {
    throw new EngineError(
      'bad-argument',
      `"${run.name}" has no training here whose views could be drawn again; only runs that were trained here have positives.`,
    );
  }
  refuseOtherPixels(library, run);
  const frozen = takesFeatures(run.encoder) ? await frozenEncoderOfRun(context, run) : null;
  const again = inputOf(run);
  const tuned = await tunedBaseOfRun(context, run);
  const plan = planTraining(again, picturesOf(run), frozen, tuned);
  const { weights, training, weightsHash } = checkpoint;
  const saved = decodeState(plan.encoder, { weights, training });
  const report = (progress: number, message: string): void =>
    context.report({ progress, message, run: run.id });
  report(0, 'Preparing');
  const { device } = await chooseDevice(input.device);
  const material = await materialOfPlan(context, plan, frozen, device);
  try {
    const present = new Set(presentSampleIds(library));
    const wanted = saved.sampleIds.filter((id) => present.has(id));
    const sampleIds = await material.prepare(wanted, (share, message) =>
      report(preparedShare * share, message),
    );
    const positives = await measurePositives(context, {
      ...{ plan, material, device, state: { ...saved, sampleIds } },
      onProgress: (done, total) =>
        report(
          preparedShare + ((1 - preparedShare) * done) / total,
          `Measuring the positives: ${done} of ${total}`,
        ),
    });
    savePositives(library, weightsHash, positives);
    const { metrics } = findRun(library, run.id);
    updateRun(library, run.id, { metrics: { ...metrics, ...keptNormalisers(saved.arrays) } });
    const { mean, spread, views } = positives;
    report(1, `${mean.length} pictures`);
    return {
      run: run.id,
      pictures: mean.length,
      views,
      mean: meanOf(mean),
      spread: meanOf(spread),
    };
  } finally {
    await material.dispose();
  }
};

function inputOf(run: Run): TrainInput {
  const verdicts = verdictUse.catch('ignore').parse(run.settings['verdicts']);
  return trainAgainInput(run, verdicts, picturesOf(run));
}

/** @throws EngineError bad-argument where the training saw other pixels */
function refuseOtherPixels(library: Library, run: Run): void {
  if (takesFeatures(run.encoder)) return;
  if (isSameDecoding(libraryDecoding(library), decodingOfRun(run))) return;
  throw new EngineError(
    'bad-argument',
    `The positives of "${run.name}" cannot be measured, because the library decodes its pictures otherwise since that training; train again.`,
  );
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
