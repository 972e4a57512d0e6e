import { headSpecs } from '../../../src-main/engine/networks/projection-head.ts';
import { resnetSpecs } from '../../../src-main/engine/networks/resnet.ts';
import type { EncoderPlan } from '../../../src-main/engine/networks/trainable-encoder.ts';

/**
 * Every kind of block that the real encoders have, narrow enough for tfjs's own cpu backend; `unit` is the
 * number of channels of its first layer, an even one.
 */
export function narrowResnet(unit = 4): EncoderPlan {
  const [wider, widest] = [1.5 * unit, 2 * unit];
  const block = (name: string, channelsIn: number, channelsOut: number) => ({
    name,
    channelsIn,
    channelsOut,
  });
  const body = {
    stemChannels: unit,
    blocks: [
      { ...block('a', unit, unit), stride: 1, shortcut: 'identity' as const },
      { ...block('b', unit, wider), stride: 2, shortcut: 'convolution' as const },
      { ...block('c', wider, widest), stride: 2, shortcut: 'convolution-and-norm' as const },
    ],
    features: widest,
  };
  const head = { kind: 'mlp-norm' as const, inputs: widest, hidden: 8, outputs: 6 };
  return { name: 'resnet8', body, head, specs: [...resnetSpecs(body), ...headSpecs(head)] };
}
