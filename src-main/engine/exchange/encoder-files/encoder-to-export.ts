import { EngineError } from '../../../contract/errors/errors.ts';
import type { EncoderExportPreview } from '../../../contract/exports.ts';
import { takesFeatures } from '../../../contract/encoder-kinds.ts';
import type { RunReference } from '../../../contract/runs.ts';
import { starter } from '../../encoders/starter/starter-encoder.ts';
import { starterAndHog } from '../../encoders/joined/starter-and-hog.ts';
import { frozenEncoderOfRun } from '../../encoders/find-frozen-encoder.ts';
import { featurePlanOfRun, picturePlanOfRun } from '../../encoders/trained/plan-of-run.ts';
import type { EncoderSources } from '../../encoders/embedding/encoder-sources.ts';
import type { FrozenEncoder } from '../../encoders/embedding/encoder.ts';
import { featureLength, projectedLength } from '../../networks/trainable-encoder.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { checkpointOfWeights, runCheckpoint } from '../../store/checkpoints.ts';
import type { Checkpoint } from '../../store/checkpoints.ts';
import { encoderByName } from '../../store/encoders.ts';
import { findRun } from '../../store/runs.ts';
import type { Run } from '../../store/runs.ts';

/** Everything that an ONNX file of a run's encoder is made from. */
export interface EncoderToExport {
  readonly run: Run;
  readonly checkpoint: Checkpoint;
  readonly encoder: EncoderPlan;
  /** Side of the pictures in pixels. */
  readonly size: number;
  /** The frozen encoder before a head; null for an encoder that was trained on pictures. */
  readonly frozen: FrozenEncoder | null;
}

/**
 * The encoder of a run, with the weights and the side of its pictures in pixels.
 * @throws EngineError not-found, bad-argument for a run that has no encoder to write
 */
export async function encoderToExport(
  sources: EncoderSources,
  reference: RunReference,
): Promise<EncoderToExport> {
  const run = findRun(sources.library, reference);
  const checkpoint = run.kind === 'trained' ? runCheckpoint(sources.library, run) : null;
  if (checkpoint === null) {
    throw new EngineError('bad-argument', `The run "${run.name}" ${refusal(run)}`);
  }
  if (!takesFeatures(run.encoder)) {
    const encoder = await picturePlanOfRun(sources, run);
    return { run, checkpoint, encoder, size: Number(run.settings['size']), frozen: null };
  }
  const frozen = await frozenEncoderOfRun(sources, run);
  const encoder = featurePlanOfRun(run, frozen);
  return { run, checkpoint, encoder, size: frozen.size, frozen };
}

/**
 * Describes the file that an export of a run's encoder would write.
 * @throws EngineError as `encoderToExport`
 */
export async function previewEncoderExport(
  sources: EncoderSources,
  reference: RunReference,
): Promise<EncoderExportPreview> {
  const { run, checkpoint, encoder, size, frozen } = await encoderToExport(sources, reference);
  return {
    encoder: frozen ? `${run.encoder} on ${frozen.name}` : run.encoder,
    ...{ epoch: checkpoint.epoch, size },
    features: featureLength(encoder),
    projected: projectedLength(encoder),
    bytes: checkpoint.weights.length + (frozen ? bodyBytes(sources, frozen) : 0),
  };
}

/** About how many bytes the encoder before a head adds to the file. */
function bodyBytes({ library }: EncoderSources, { on, hash }: FrozenEncoder): number {
  if (typeof on === 'number') return checkpointOfWeights(library, on, hash)?.weights.length ?? 0;
  const loaded = encoderByName(library, on);
  if (loaded) return loaded.description.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return on === starter || on === starterAndHog ? starterBytes : 0;
}

/** Bytes of centernet's weights before the features that are used. */
const starterBytes = 11_000_000;

/** Why no encoder of pictures can be written for a run. */
function refusal({ kind }: Run): string {
  if (kind === 'loaded') return 'was not trained here: its encoder is where it was loaded from.';
  if (kind === 'imported') return 'was imported as vectors: its encoder is where they were made.';
  return 'has finished no epoch, so there is no encoder to export.';
}
