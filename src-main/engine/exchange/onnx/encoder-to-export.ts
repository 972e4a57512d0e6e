import { EngineError } from '../../../contract/errors.ts';
import type { EncoderExportPreview } from '../../../contract/exports.ts';
import { trainedPictureEncoder } from '../../../contract/runs.ts';
import type { RunReference } from '../../../contract/runs.ts';
import {
  featureLength,
  projectedLength,
  trainedEncoders,
} from '../../encoders/trainable-encoder.ts';
import { latestCheckpoint } from '../../store/checkpoints.ts';
import type { Library } from '../../store/library-file.ts';
import { findRun } from '../../store/runs.ts';
import type { Run } from '../../store/runs.ts';

/**
 * The encoder of a run's last epoch, with the weights and the side of its pictures in pixels.
 * @throws EngineError not-found, bad-argument for a run that has no encoder to write
 */
export function encoderToExport(library: Library, reference: RunReference) {
  const run = findRun(library, reference);
  const checkpoint = run.kind === 'trained' ? latestCheckpoint(library, run.id) : null;
  const plan = trainedPictureEncoder.safeParse(run.encoder);
  if (checkpoint === null || !plan.success) {
    throw new EngineError(
      'bad-argument',
      `The run "${run.name}" ${refusal(run, checkpoint !== null)}`,
    );
  }
  const encoder = trainedEncoders[plan.data];
  return { run, checkpoint, encoder, size: Number(run.settings['size']) };
}

/** What the file of a run's encoder would hold. @throws EngineError as `encoderToExport` */
export function previewEncoderExport(
  library: Library,
  reference: RunReference,
): EncoderExportPreview {
  const { run, checkpoint, encoder, size } = encoderToExport(library, reference);
  return {
    ...{ encoder: run.encoder, epoch: checkpoint.epoch, size },
    features: featureLength(encoder),
    projected: projectedLength(encoder),
    bytes: checkpoint.weights.length,
  };
}

/** Why a run has no encoder of pictures to write. */
function refusal({ kind }: Run, hasWeights: boolean): string {
  if (kind === 'loaded') return 'was not trained here: its encoder is where it was loaded from.';
  if (kind === 'imported') return 'was imported as vectors: its encoder is where they were made.';
  return hasWeights
    ? 'is a head on the features of another encoder, which cannot be written as ONNX yet.'
    : 'has finished no epoch, so there is no encoder to export.';
}
