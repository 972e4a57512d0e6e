import { basename } from 'node:path';
import { cardBeside } from '../../../contract/exports.ts';
import { withoutLowRank } from '../../networks/low-rank.ts';
import { featureLength, projectedLength, resizeOf } from '../../networks/trainable-encoder.ts';
import type { FrozenEncoder } from '../../encoders/embedding/encoder.ts';
import type { PictureResize } from '../../pictures/resize-frame.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import type { JobRunner } from '../../jobs/job-runner.ts';
import type { Library } from '../../store/library-file.ts';
import { exportedPreprocessing } from '../../encoders/loaded/preprocessing/exported-preprocessing.ts';
import { encoderByName } from '../../store/encoders.ts';
import { presentSamples } from '../../store/samples.ts';
import { decodeCheckpoint } from '../../checkpoints/checkpoint-format.ts';
import { exportPath } from '../destination/export-destination.ts';
import { withFileSet } from '../destination/file-set.ts';
import { encoderModel } from './encoder-model.ts';
import { encoderToExport } from './encoder-to-export.ts';
import type { EncoderToExport } from './encoder-to-export.ts';
import { modelCard, modelMetadata } from './model-card.ts';
import type { ModelFacts } from './model-card.ts';

/** Writes a trained encoder with its head as ONNX, and a model card beside it. */
export const runExportEncoderJob: JobRunner<'exportEncoder'> = async (context, input) => {
  const { library, now } = context;
  const started = now();
  const found = await encoderToExport(context, input.run);
  const { run } = found;
  const file = await exportPath(library.file, input.file);
  context.report({ progress: 0.1, message: 'Recording the encoder', run: run.id });
  await context.yieldToEvents();
  const facts = factsOf(library, found, new Date(now()));
  const model = await modelOf(context, found, facts);
  await context.yieldToEvents();
  const { overwrite } = input;
  const files = await withFileSet({ overwrite, file }, async (set) => {
    await (await set.create(file)).append(model);
    const card = await set.create(cardBeside(file.replace(/\.onnx$/i, '')));
    await card.text(modelCard(facts, basename(file)));
  });
  context.report({ progress: 1, message: 'Written', run: run.id });
  return { files, run: run.id, seconds: (now() - started) / 1000 };
};

function factsOf(library: Library, found: EncoderToExport, created: Date): ModelFacts {
  const { run, checkpoint, encoder, size, frozen } = found;
  const samples = presentSamples(library);
  const stored = typeof frozen?.on === 'string' ? encoderByName(library, frozen.on) : null;
  return {
    run,
    epoch: checkpoint.epoch,
    weightsHash: checkpoint.weightsHash,
    size,
    batch: stored?.description.input.batch ?? 'batch',
    dimensions: { h: featureLength(encoder), z: projectedLength(encoder) },
    frozen,
    preprocessing: exportedPreprocessing(size, resizeOf(encoder) ?? resizeBefore(frozen)),
    pictures: samples.ids.length,
    labels: samples.labels.length,
    created,
  };
}

/** How pictures are resized for the encoder before a head; null for the middle square. */
function resizeBefore(frozen: FrozenEncoder | null): PictureResize | null {
  const task = frozen?.taskOf('', '');
  return task?.kind === 'resized' ? task.resize : null;
}

async function modelOf(
  context: JobContext,
  { checkpoint, encoder, size, frozen }: EncoderToExport,
  facts: ModelFacts,
): Promise<Uint8Array> {
  const metadata = modelMetadata(facts);
  const tensors = withoutLowRank(decodeCheckpoint(checkpoint.weights).tensors);
  if (!frozen) return encoderModel(encoder, tensors, size, metadata);
  const { headModel } = await import('./head-model.ts');
  return await headModel(context, { encoder, tensors, frozen, metadata });
}
