import { headSpecs } from '../../../src-main/engine/networks/projection-head.ts';
import { resnetSpecs } from '../../../src-main/engine/networks/resnet.ts';
import type { EncoderPlan } from '../../../src-main/engine/networks/trainable-encoder.ts';

/** Every kind of block that the real encoders have, narrow enough for tfjs's own cpu backend. */
export function narrowResnet(): EncoderPlan {
  const block = (name: string, channelsIn: number, channelsOut: number) => ({
    name,
    channelsIn,
    channelsOut,
  });
  const body = {
    stemChannels: 4,
    blocks: [
      { ...block('a', 4, 4), stride: 1, shortcut: 'identity' as const },
      { ...block('b', 4, 6), stride: 2, shortcut: 'convolution' as const },
      { ...block('c', 6, 8), stride: 2, shortcut: 'convolution-and-norm' as const },
    ],
    features: 8,
  };
  const head = { kind: 'mlp-norm' as const, inputs: 8, hidden: 8, outputs: 6 };
  return { name: 'resnet8', body, head, specs: [...resnetSpecs(body), ...headSpecs(head)] };
}
