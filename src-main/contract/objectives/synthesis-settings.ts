import type { SettingDefinition } from './setting.ts';

/** The settings of MoCHi's mixed negatives and of FNC's cancelled ones. */
export const synthesisSettings = {
  mixHardest: {
    kind: 'number',
    symbol: 'N',
    label: 'Hardest that are mixed',
    default: 1024,
    min: 2,
    max: 4096,
    step: 1,
    integer: true,
    valid: { atLeast: 2 },
    sentence:
      'How many of the most similar keys in the queue are mixed; at most the queue. The paper calls its default MoCHi (1024, 512, 256).',
  },
  mixPairs: {
    kind: 'number',
    symbol: 's',
    label: 'Mixed of two negatives',
    default: 512,
    min: 0,
    max: 2048,
    step: 1,
    integer: true,
    valid: { atLeast: 0 },
    sentence:
      'How many negatives are made of two of the hardest, α n_i + (1 − α) n_j with α in (0, 1).',
  },
  mixQueries: {
    kind: 'number',
    symbol: 's′',
    label: 'Mixed with the anchor',
    default: 256,
    min: 0,
    max: 2048,
    step: 1,
    integer: true,
    valid: { atLeast: 0 },
    sentence:
      'How many negatives are made of the anchor and one of the hardest, β q + (1 − β) n_j with β in (0, 0.5), harder than any real one.',
  },
  mixWarmup: {
    kind: 'number',
    symbol: 'warm-up',
    label: 'Epochs before mixing',
    default: 10,
    min: 0,
    max: 50,
    step: 1,
    integer: true,
    valid: { atLeast: 0 },
    sentence: 'So many epochs pass before negatives are mixed.',
  },
  falseTopK: {
    kind: 'number',
    symbol: 'k',
    label: 'False among the nearest',
    default: 10,
    min: 1,
    max: 50,
    step: 1,
    integer: true,
    valid: { atLeast: 1 },
    sentence:
      'A negative is taken for a false one where it is among the k most similar to any view of the anchor (in a queue, any of its keys; in a bank, its row too) and above the threshold.',
  },
  falseThreshold: {
    kind: 'number',
    symbol: 'threshold',
    label: 'False above the similarity',
    default: 0.7,
    min: -1,
    max: 1,
    step: 0.01,
    valid: { atLeast: -1, atMost: 1 },
    sentence:
      'A negative more similar than this is taken for a false one: a cosine of z, whose meaning differs from run to run. It is not used where falseQuantile is above 0. Explore says what few pairs of a run reach (How far suspicion can be trusted).',
  },
  falseQuantile: {
    kind: 'number',
    symbol: 'quantile',
    label: 'False above the quantile',
    default: 0,
    min: 0,
    max: 0.999,
    step: 0.001,
    valid: { atLeast: 0, below: 1 },
    sentence:
      'Above 0, the threshold of each step is this quantile of the similarities of its negatives to the views that look for false ones, so it belongs to the space as it is at that step, and falseThreshold is not used: at 0.995, at most 5 of 1,000 negatives are taken for false ones. 0 is off.',
  },
  falseAction: {
    kind: 'choice',
    symbol: 'cancellation',
    label: 'What becomes of them',
    default: 'attract',
    choices: {
      attract: 'They are further positives of the anchor.',
      eliminate: 'They are left out of the denominator.',
    },
    sentence:
      'What is done with negatives that are taken for false ones; the official code attracts.',
  },
  supportViews: {
    kind: 'number',
    symbol: 'S',
    label: 'Support views',
    default: 0,
    min: 0,
    max: 8,
    step: 1,
    integer: true,
    valid: { atLeast: 0, atMost: 16 },
    sentence:
      'How many more views of each picture help to find false negatives; each costs a further pass of the encoder, of the key encoder with a queue. The paper uses 8; 0, the views that the source takes anyway, costs nothing.',
  },
} as const satisfies Record<string, SettingDefinition>;
