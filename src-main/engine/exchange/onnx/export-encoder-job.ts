import { basename } from 'node:path';
import { EngineError } from '../../../contract/errors.ts';
import { trainedPictureEncoder } from '../../../contract/runs.ts';
import {
  featureLength,
  projectedLength,
  trainedEncoders,
} from '../../encoders/trainable-encoder.ts';
import type { JobRunner } from '../../jobs/job-runners.ts';
import { latestCheckpoint } from '../../store/checkpoints.ts';
import { findRun } from '../../store/runs.ts';
import type { Run } from '../../store/runs.ts';
import { presentSamples } from '../../store/samples.ts';
import { decodeCheckpoint } from '../../training/checkpoint-format.ts';
import { exportPath } from '../export-place.ts';
import { withFileSet } from '../file-set.ts';
import { encoderModel } from './encoder-model.ts';
import { modelCard, modelMetadata } from './model-card.ts';

/** Writes a trained encoder with its head as ONNX, and a model card beside it. */
export const runExportEncoderJob: JobRunner<'exportEncoder'> = async (context, input) => {
  const { library, now } = context;
  const started = now();
  const run = findRun(library, input.run);
  const checkpoint = run.kind === 'trained' ? latestCheckpoint(library, run.id) : null;
  const plan = trainedPictureEncoder.safeParse(run.encoder);
  if (checkpoint === null || !plan.success) {
    throw new EngineError(
      'bad-argument',
      `The run "${run.name}" ${refusal(run, checkpoint !== null)}`,
    );
  }
  const encoder = trainedEncoders[plan.data];
  const file = await exportPath(library.file, input.file);
  context.report({ progress: 0.1, message: 'Recording the encoder', run: run.id });
  await context.breathe();
  const samples = presentSamples(library);
  const facts = {
    run,
    epoch: checkpoint.epoch,
    weightsHash: checkpoint.weightsHash,
    size: Number(run.settings['size']),
    dimensions: { h: featureLength(encoder), z: projectedLength(encoder) },
    pictures: samples.ids.length,
    labels: samples.labels.length,
    created: new Date(now()),
  };
  const { tensors } = decodeCheckpoint(checkpoint.weights);
  const model = encoderModel(encoder, tensors, facts.size, modelMetadata(facts));
  await context.breathe();
  const { overwrite } = input;
  const files = await withFileSet({ overwrite, file }, async (set) => {
    await (await set.create(file)).append(model);
    const card = await set.create(`${file.replace(/\.onnx$/i, '')}.md`);
    await card.text(modelCard(facts, basename(file)));
  });
  context.report({ progress: 1, message: 'Written', run: run.id });
  return { files, run: run.id, seconds: (now() - started) / 1000 };
};

/** Why a run has no encoder of pictures to write. */
function refusal({ kind }: Run, hasWeights: boolean): string {
  if (kind === 'loaded') return 'was not trained here: its encoder is where it was loaded from.';
  return hasWeights
    ? 'is a head on the features of another encoder, which cannot be written as ONNX yet.'
    : 'has finished no epoch, so there is no encoder to export.';
}
