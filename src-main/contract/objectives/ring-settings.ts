import { paperRing } from './ring-ranks.ts';
import type { SettingDefinition } from './setting.ts';

/** Where a ring, ball or cave is cut, and how the cut moves during training. */
export const ringSettings = {
  ringOuter: {
    kind: 'number',
    symbol: 'w_l',
    label: 'Outer cut',
    default: paperRing.ringOuter,
    min: 0.01,
    max: 1,
    step: 0.01,
    valid: { above: 0, atMost: 1 },
    sentence:
      'The fraction of negatives, most similar first, that may be in the ring: w_l is the 100 (1 − outer) percentile. The paper takes 0.1 of a bank of thousands. Of the 126 negatives in a batch of 64, that would be 11; so in a batch, the default is the more similar half.',
  },
  ringInner: {
    kind: 'number',
    symbol: 'w_u',
    label: 'Inner cut',
    default: paperRing.ringInner,
    min: 0,
    max: 0.9,
    step: 0.01,
    valid: { atLeast: 0, below: 1 },
    sentence:
      'The fraction left out at the most similar end, too hard or probably false: w_u is the 100 (1 − inner · outer) percentile with a dynamic inner cut, else 100 (1 − inner).',
  },
  ringDynamicInner: {
    kind: 'switch',
    symbol: 'dynamic_inner',
    label: 'Inner cut follows the outer',
    default: paperRing.ringDynamicInner,
    sentence:
      'On, as in the paper, the inner cut is a fraction of the negatives within the outer cut; off, a fraction of all negatives.',
  },
  ringAnneal: {
    kind: 'choice',
    symbol: 'anneal',
    label: 'Outer cut over the training',
    default: 'none',
    choices: {
      none: 'The outer cut stays as it is.',
      linear: 'It falls by the same amount at every step.',
      step: 'It falls by 0.1 at a time, each level as long as the others.',
      exponential: 'It falls by e^(−0.1 · step): within the first hundred steps.',
      adaptive: 'It moves by 0.01: down while the loss falls, up while it rises.',
    },
    sentence:
      'How the outer cut falls from 1, all negatives, to its value: a ring from the first step on hurts, the paper finds.',
  },
  ringAnnealEpochs: {
    kind: 'number',
    symbol: 'max_anneal_epoch',
    label: 'Epochs of annealing',
    default: 100,
    min: 1,
    max: 200,
    step: 1,
    integer: true,
    valid: { atLeast: 1 },
    sentence:
      'After how many epochs the outer cut has come to its value; at most the epochs of the training.',
  },
} as const satisfies Record<string, SettingDefinition>;
