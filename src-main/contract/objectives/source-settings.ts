import type { SettingDefinition } from './setting.ts';

/** The size of a source of negatives, and how it follows the encoder. */
export const sourceSettings = {
  queueSize: {
    kind: 'number',
    symbol: 'K',
    label: 'Queue',
    default: 4096,
    min: 64,
    max: 65536,
    step: 64,
    integer: true,
    valid: { atLeast: 2 },
    sentence:
      "How many keys of earlier batches are the negatives; a multiple of the batch. For ImageNet, MoCo uses 65536 and the Ring code 4096. The default is at most a quarter of the library. Older keys of the anchor's own picture are never its negatives; the official code, made for a million pictures, need not leave them out.",
  },
  keyMomentum: {
    kind: 'number',
    symbol: 'm',
    label: 'Momentum of the key encoder',
    default: 0.999,
    min: 0,
    max: 0.9999,
    step: 0.0001,
    valid: { atLeast: 0, below: 1 },
    sentence:
      'The key encoder is m times itself and 1 − m times the encoder after each step; close to 1, the keys in the queue stay comparable. The default is smaller for a short training, so that after half of its steps only 5 % of its random start are left.',
  },
  batchNormSplits: {
    kind: 'number',
    symbol: 'bn-splits',
    label: 'Splits of batch norm',
    default: 8,
    min: 1,
    max: 8,
    step: 1,
    integer: true,
    valid: { atLeast: 1 },
    sentence:
      'Into how many splits the batch is divided, each normalised by itself, with the keys shuffled between them: so batch norm does not tell which key belongs to which query. MoCo has as many as devices; 1 takes the whole batch. The default is at most 8, of at least 8 pictures each.',
  },
  nceK: {
    kind: 'number',
    symbol: 'K',
    label: 'Draws',
    default: 4096,
    min: 0,
    max: 16384,
    step: 64,
    integer: true,
    valid: { atLeast: 0 },
    sentence:
      "How many rows of the memory bank are drawn as negatives of each picture; 0 takes the whole bank. The default is at most a quarter of the library. The picture's own row is never drawn; the official code, made for a million pictures, need not leave it out.",
  },
  bankMomentum: {
    kind: 'number',
    symbol: 'm',
    label: 'Momentum of the bank',
    default: 0.5,
    min: 0,
    max: 0.99,
    step: 0.01,
    valid: { atLeast: 0, below: 1 },
    sentence:
      "A picture's row of the bank is m times itself and 1 − m times its new vector, made a unit vector again. The papers have 0.5; the default is up to 0.8 where epochs have few steps, so that rows follow the encoder as slowly as a key encoder does.",
  },
  prototypes: {
    kind: 'number',
    symbol: 'P',
    label: 'Prototypes',
    default: 100,
    min: 2,
    max: 1000,
    step: 1,
    integer: true,
    valid: { atLeast: 2 },
    sentence:
      'How many clusters k-means finds anew at each epoch; those that a picture does not belong to are its negatives. Where it is not given, at most a quarter of the pictures.',
  },
  clusterTemperatures: {
    kind: 'switch',
    symbol: 'φ',
    label: 'A temperature for each cluster',
    default: false,
    sentence:
      'On, as in PCL, wide clusters have a higher temperature than t and narrow ones a lower one, so that all become about as wide; their mean is t.',
  },
  instanceTerm: {
    kind: 'switch',
    symbol: 'InfoNCE +',
    label: 'Views against each other, too',
    default: false,
    sentence:
      'On, as in PCL, the loss of the two views against the batch (NT-Xent) is added to that of the prototypes.',
  },
} as const satisfies Record<string, SettingDefinition>;
