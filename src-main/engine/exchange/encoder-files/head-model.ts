import type * as tf from '@tensorflow/tfjs';
import type { FrozenEncoder } from '../../encoders/embedding/encoder.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { encoderByName } from '../../store/encoders.ts';
import type { CheckpointTensor } from '../../checkpoints/checkpoint-format.ts';
import { checkMerged } from './check-merged.ts';
import { unitOutputs } from './encoder-model.ts';
import { mergedHeadModel } from './merged-head-model.ts';
import { recordedBody, tfjsBody } from './recorded-body.ts';
import type { RecordedBody } from './recorded-body.ts';
import { recordedModel } from './recorded-model.ts';

interface HeadToWrite {
  readonly encoder: EncoderPlan;
  readonly tensors: readonly CheckpointTensor[];
  readonly frozen: FrozenEncoder;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * A head and the frozen encoder before it as one ONNX model. Input: `images`, uint8 RGB. Outputs:
 * `features` (of the frozen encoder), `h` and `z`, unit rows.
 * @throws EngineError bad-encoder, unsupported-operation, cancelled, not-found
 */
export async function headModel(
  context: JobContext,
  { encoder, tensors, frozen, metadata }: HeadToWrite,
): Promise<Uint8Array> {
  const build = (features: tf.Tensor2D) => ({
    features,
    ...unitOutputs(encoder, tensors, features),
  });
  const loaded = typeof frozen.on === 'string' ? encoderByName(context.library, frozen.on) : null;
  const name = `${encoder.name} on ${frozen.name}`;
  if (loaded) await frozen.check(context);
  if (loaded?.description.kind === 'onnx') {
    const { description } = loaded;
    const model = await mergedHeadModel({ name, description, build }, metadata);
    await checkMerged(context, loaded, model);
    return model;
  }
  const body = loaded ? await tfjsBody(loaded.description) : await recordedBody(context, frozen);
  return recordedHead(body, { name, size: frozen.size, build }, metadata);
}

function recordedHead(
  { rows, dispose }: RecordedBody,
  head: {
    readonly name: string;
    readonly size: number;
    readonly build: (features: tf.Tensor2D) => Record<string, tf.Tensor>;
  },
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  try {
    return recordedModel({ ...head, build: (images) => head.build(rows(images)) }, metadata);
  } finally {
    dispose();
  }
}
