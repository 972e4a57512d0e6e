import { adapterOfRun, headOfRun } from '../../../contract/projection-heads.ts';
import { trainedPictureEncoder } from '../../../contract/runs.ts';
import { featureEncoder } from '../../../contract/encoder-kinds.ts';
import {
  featureEncoderPlan,
  pictureEncoderPlan,
  tunedEncoderPlan,
} from '../../networks/trainable-encoder.ts';
import { withLowRank } from '../../networks/low-rank.ts';
import type { EncoderPlan, FrozenInput } from '../../networks/trainable-encoder.ts';
import { whiteningTo } from '../../networks/whitened-parts.ts';
import type { Run } from '../../store/runs.ts';
import type { EncoderSources } from '../embedding/encoder-sources.ts';
import { networkOfRun } from '../tuned/network-of-run.ts';
import { tunedOf } from '../tuned/tuned-record.ts';

type TrainedRun = Pick<Run, 'name' | 'encoder' | 'settings'>;

/**
 * The encoder of pictures that a run trained, with its head.
 * @throws EngineError not-found if a network from elsewhere that it tuned cannot be read any more
 */
export async function picturePlanOfRun(
  sources: EncoderSources,
  run: TrainedRun,
): Promise<EncoderPlan> {
  if (run.encoder !== 'finetune') {
    return pictureEncoderPlan(trainedPictureEncoder.parse(run.encoder), headOfRun(run));
  }
  const tuned = tunedOf(run);
  if (!tuned) throw new Error('A fine-tuned run records what it went on from.');
  // Of the network only the form and the layers that were not trained are needed.
  const network = await networkOfRun(sources, run, tuned);
  const { trainFrom, layerDecay, lora, whitened = null } = tuned;
  const trained = network.trainFrom(trainFrom, layerDecay);
  const updated = lora === undefined ? trained : withLowRank(trained, lora);
  // The values of the whitening are in the run's statistics; only its length is needed.
  const whitening = whiteningTo(whitened, { dimensions: trained.dimensions, whitening: null });
  return tunedEncoderPlan(updated, whitening, headOfRun(run));
}

/** The head, or the adapter and head, that a run trained on frozen features. */
export function featurePlanOfRun(run: TrainedRun, frozen: FrozenInput): EncoderPlan {
  const encoder = featureEncoder.parse(run.encoder);
  return featureEncoderPlan(encoder, frozen, headOfRun(run), adapterOfRun(run));
}
