import { basename } from 'node:path';
import { featureLength, projectedLength } from '../../encoders/trainable-encoder.ts';
import type { JobRunner } from '../../jobs/job-runners.ts';
import { presentSamples } from '../../store/samples.ts';
import { decodeCheckpoint } from '../../training/checkpoint-format.ts';
import { exportPath } from '../export-place.ts';
import { withFileSet } from '../file-set.ts';
import { encoderModel } from './encoder-model.ts';
import { encoderToExport } from './encoder-to-export.ts';
import { modelCard, modelMetadata } from './model-card.ts';

/** Writes a trained encoder with its head as ONNX, and a model card beside it. */
export const runExportEncoderJob: JobRunner<'exportEncoder'> = async (context, input) => {
  const { library, now } = context;
  const started = now();
  const { run, checkpoint, encoder, size } = encoderToExport(library, input.run);
  const file = await exportPath(library.file, input.file);
  context.report({ progress: 0.1, message: 'Recording the encoder', run: run.id });
  await context.breathe();
  const samples = presentSamples(library);
  const facts = {
    run,
    epoch: checkpoint.epoch,
    weightsHash: checkpoint.weightsHash,
    size,
    dimensions: { h: featureLength(encoder), z: projectedLength(encoder) },
    pictures: samples.ids.length,
    labels: samples.labels.length,
    created: new Date(now()),
  };
  const { tensors } = decodeCheckpoint(checkpoint.weights);
  const model = encoderModel(encoder, tensors, size, modelMetadata(facts));
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
