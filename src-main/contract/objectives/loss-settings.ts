import type { SettingDefinition } from './setting.ts';

/** The settings of the losses, and of the weights of negatives. */
export const lossSettings = {
  temperature: {
    kind: 'number',
    symbol: 't',
    label: 'Temperature',
    default: 0.5,
    min: 0.02,
    max: 1,
    step: 0.01,
    valid: { above: 0 },
    sentence:
      'Divides every similarity before the exponential: the lower, the more the most similar negatives count. SimCLR, DCL and HCL use 0.5 on small pictures; MoCo, IR, CMC and Ring 0.07; MoCo v2 and MoCHi 0.2.',
  },
  tauPlus: {
    kind: 'number',
    symbol: 'τ⁺',
    label: 'Tau plus',
    default: 0.1,
    min: 0,
    max: 0.5,
    step: 0.01,
    valid: { atLeast: 0, below: 1 },
    sentence:
      "The assumed probability that a negative is of the anchor's own class; about 1 / the number of classes. 0 corrects nothing.",
  },
  beta: {
    kind: 'number',
    symbol: 'β',
    label: 'Beta',
    default: 1,
    min: 0,
    max: 6,
    step: 0.1,
    valid: { atLeast: 0 },
    sentence:
      'How much more the similar negatives weigh, as exp(β s / t); 0 weighs all alike. The paper tried 0.5, 1, 2 and 6.',
  },
  normaliser: {
    kind: 'choice',
    symbol: 'Z',
    label: 'Normaliser',
    default: 'each',
    choices: {
      each: 'Z is that of each batch.',
      first: 'Z is that of the first batch and stays, as in the paper.',
    },
    sentence:
      'What turns similarities into probabilities. The paper fixes the first Z, that of untrained vectors: it is large enough for a million pictures; with some thousands, all vectors collapse into one.',
  },
  betaAnneal: {
    kind: 'choice',
    symbol: 'anneal',
    label: 'β over the training',
    default: 'none',
    choices: {
      none: 'β stays as it is.',
      down: 'β falls to 0 in nine steps over the training, so that similar negatives weigh less and less.',
    },
    sentence: 'Whether β falls while training; in the paper it is constant.',
  },
} as const satisfies Record<string, SettingDefinition>;
