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
  sigmoidBias: {
    kind: 'number',
    symbol: 'b',
    label: 'Bias',
    default: -10,
    min: -12,
    max: 0,
    step: 0.1,
    valid: { atLeast: -50, atMost: 10 },
    sentence:
      'Added to s / t before the sigmoid. −ln N makes a pair of similarity 0 as likely a positive as one in N + 1; that is the default, for the N negatives of an anchor. The paper begins at −10, for 32,767 negatives, and learns it.',
  },
  gaussMean: {
    kind: 'number',
    symbol: 'μ',
    label: 'Mean of the weights',
    default: 0.7,
    min: -1,
    max: 1,
    step: 0.05,
    valid: { atLeast: -1, atMost: 1 },
    sentence:
      'The similarity of the negatives that weigh most. The paper takes 0.7 on CIFAR-10, 0.5 on CIFAR-100 and 0.8 on STL-10.',
  },
  gaussSigma: {
    kind: 'number',
    symbol: 'σ',
    label: 'Spread of the weights',
    default: 1,
    min: 0.05,
    max: 2,
    step: 0.05,
    valid: { above: 0 },
    sentence:
      'How far from μ, in similarity, a negative still weighs much. The paper takes 0.5 on CIFAR-10 and 1 on CIFAR-100 and STL-10; the larger it is, the more alike all weigh.',
  },
  averageRate: {
    kind: 'number',
    symbol: 'γ',
    label: 'Rate of the averages',
    default: 0.9,
    min: 0.1,
    max: 1,
    step: 0.05,
    valid: { above: 0, atMost: 1 },
    sentence:
      'How much of a picture’s average is of the batch at hand; the rest is of the batches before. 1 is the batch alone. The authors take 0.9.',
  },
  invariance: {
    kind: 'number',
    symbol: 'λ',
    label: 'Invariance',
    default: 25,
    min: 0,
    max: 50,
    step: 1,
    valid: { atLeast: 0 },
    sentence: 'The factor of the squared distance of the two views; 25 in the paper.',
  },
  variance: {
    kind: 'number',
    symbol: 'μ',
    label: 'Variance',
    default: 25,
    min: 0,
    max: 50,
    step: 1,
    valid: { atLeast: 0 },
    sentence:
      'The factor of what each number of z lacks of a standard deviation of 1 over the batch; 25 in the paper. It keeps all vectors from becoming one.',
  },
  covariance: {
    kind: 'number',
    symbol: 'ν',
    label: 'Covariance',
    default: 1,
    min: 0,
    max: 10,
    step: 0.5,
    valid: { atLeast: 0 },
    sentence:
      'The factor of the squared covariances of different numbers of z, so that they say different things; 1 in the paper.',
  },
  positivesFrom: {
    kind: 'choice',
    symbol: 'P(i)',
    label: 'Source of positives',
    default: 'labels',
    choices: {
      labels: 'Pictures that share a label with the anchor.',
      verdicts: 'Pictures that were judged the same as the anchor.',
      both: 'Pictures of its label, and those that were judged the same.',
    },
    titles: { labels: 'Labels', verdicts: 'Verdicts', both: 'Labels and verdicts' },
    sentence:
      'What makes other pictures of the batch positives. The other view of the picture itself always is one; a picture of which nothing is known has no other.',
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
