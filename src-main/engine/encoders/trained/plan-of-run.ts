import { headOfRun } from '../../../contract/projection-heads.ts';
import { featureEncoder, trainedPictureEncoder } from '../../../contract/runs.ts';
import { featureEncoderPlan, pictureEncoderPlan } from '../../networks/trainable-encoder.ts';
import type { EncoderPlan, FrozenInput } from '../../networks/trainable-encoder.ts';
import type { Run } from '../../store/runs.ts';

type TrainedRun = Pick<Run, 'encoder' | 'settings'>;

/** The network of pictures that a run trained, with its head. */
export function picturePlanOfRun(run: TrainedRun): EncoderPlan {
  return pictureEncoderPlan(trainedPictureEncoder.parse(run.encoder), headOfRun(run));
}

/** The head, or the adapter and head, that a run trained on frozen features. */
export function featurePlanOfRun(run: TrainedRun, frozen: FrozenInput): EncoderPlan {
  return featureEncoderPlan(featureEncoder.parse(run.encoder), frozen, headOfRun(run));
}
