import * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../../contract/errors/errors.ts';
import { normaliseColours } from '../../augmentation/augmentation.ts';
import type { NetworkCut } from '../../networks/network-cut.ts';
import { resnetBlocks, resnetStem } from '../../networks/resnet.ts';
import type { ResnetPlan } from '../../networks/resnet.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import type { WeightSpec } from '../../networks/weights.ts';
import type { TunedBase } from './tuned-encoder.ts';

/** An encoder that is cut before its first trained layer, and begins there. */
export type CutEncoder = EncoderPlan & { readonly cut: NetworkCut };

/**
 * A fine-tuned encoder that begins at its first trained layer, with what the layers before it give of pictures
 * of a side in pixels.
 * @throws EngineError bad-argument where all layers are trained, unsupported-operation where what the layers
 * before give is not one row a picture
 */
export function cutTuned(
  encoder: EncoderPlan,
  { layers, record }: Pick<TunedBase, 'layers' | 'record'>,
  { first, size }: { readonly first: string; readonly size: number },
): CutEncoder {
  if (layers.indexOf(first) > 0) return { ...encoder, cut: cutOf(encoder, size) };
  const later =
    layers[1] === undefined ? '' : `train from a later layer (such as ${layers[1]}), or `;
  throw new EngineError(
    'bad-argument',
    `All layers of "${record.name}" are trained, from ${first} on, so that none is frozen whose features could be cached; ${later}set views to 0.`,
  );
}

function cutOf({ body, specs, isLab = false }: EncoderPlan, side: number): NetworkCut {
  if ('network' in body) return body.network.cut(side);
  if ('blocks' in body && !isLab) return cutResnet(body, specs, side);
  throw new EngineError(
    'bad-argument',
    'Only of one network whose later layers are trained are features cached; set views to 0.',
  );
}

/** One tensor crosses the cut: that which the first trained block and its shortcut take. */
function cutResnet(body: ResnetPlan, specs: readonly WeightSpec[], side: number): NetworkCut {
  const isTrained = (name: string): boolean =>
    specs.some((spec) => spec.kind === 'trainable' && spec.name.startsWith(`${name}.`));
  const first = body.blocks.findIndex(({ name }) => isTrained(name));
  const [frozen, trained] = [body.blocks.slice(0, first), body.blocks.slice(first)];
  const length = frozen.reduce((sides, { stride }) => Math.ceil(sides / stride), side);
  const channels = trained[0]?.channelsIn ?? 0;
  return {
    tensors: [{ name: trained[0]?.name ?? '', shape: [length, length, channels] }],
    before: (pictures) => {
      const weights = Object.fromEntries(
        specs.flatMap(({ name, shape, start }) =>
          start.kind === 'given' ? [[name, tf.tensor(start.values, [...shape])]] : [],
        ),
      );
      const images = normaliseColours(tf.div(pictures, 255));
      return [resnetBlocks(frozen, resnetStem(images, weights), weights)];
    },
    after: ([x], weights) => tf.mean(resnetBlocks(trained, x as tf.Tensor4D, weights), [1, 2]),
  };
}
