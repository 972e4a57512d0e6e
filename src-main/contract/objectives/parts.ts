import { EngineError } from '../errors/errors.ts';
import type { SettingKey, ObjectiveDefaults } from './settings-table.ts';

/** One part of an objective, with its settings. */
interface Part {
  readonly title: string;
  readonly sentence: string;
  readonly settings: readonly SettingKey[];
  /** Defaults that differ from the table's. */
  readonly defaults?: ObjectiveDefaults;
}

/** Where negatives come from. */
export const sources = {
  batch: {
    title: 'The batch',
    sentence: 'The other pictures of the batch, both views of each: 2 (B − 1).',
    settings: [],
    defaults: { ringOuter: 0.5 },
  },
  queue: {
    title: 'A queue',
    sentence: 'Keys of earlier batches, by an encoder that follows slowly (MoCo).',
    settings: ['queueSize', 'keyMomentum', 'batchNormSplits'],
  },
  bank: {
    title: 'A memory bank',
    sentence: 'A stored vector of every picture of the library (InstDisc).',
    settings: ['nceK', 'bankMomentum'],
  },
  'two-banks': {
    title: 'Two memory banks',
    sentence:
      'A bank of lightness and one of colour vectors, each the source of the other view (CMC).',
    settings: ['nceK', 'bankMomentum'],
  },
  prototypes: {
    title: 'Prototypes',
    sentence: 'The centres of the clusters of all pictures, found anew at each epoch.',
    settings: ['prototypes', 'clusterTemperatures', 'instanceTerm'],
  },
} as const satisfies Record<string, Part>;

const ring = [
  'ringOuter',
  'ringInner',
  'ringDynamicInner',
  'ringAnneal',
  'ringAnnealEpochs',
] as const;

/** Which negatives count, and with which weight. */
export const selections = {
  all: { title: 'All', sentence: 'Each counts by its similarity alone.', settings: [] },
  debiased: {
    title: 'Debiased',
    sentence: 'All, less the expected push of those of the same class.',
    settings: ['tauPlus'],
  },
  hard: {
    title: 'Hard',
    sentence: 'Similar ones weigh more, and those of the same class are corrected for.',
    settings: ['beta', 'betaAnneal', 'tauPlus'],
  },
  gaussian: {
    title: 'Gaussian weights',
    sentence: 'Those near a chosen similarity weigh most (ADNCE).',
    settings: ['gaussMean', 'gaussSigma'],
  },
  ring: { title: 'Ring', sentence: 'Neither the easiest nor the hardest.', settings: ring },
  ball: {
    title: 'Ball',
    sentence: 'Not the easiest: a ring without the inner cut.',
    settings: ['ringOuter', 'ringAnneal', 'ringAnnealEpochs'],
  },
  cave: {
    title: 'Cave',
    sentence: 'A ring whose innermost count as further positives.',
    settings: ring,
  },
  mixing: {
    title: 'Mixing',
    sentence: 'All, and negatives mixed of the hardest of them (MoCHi).',
    settings: ['mixHardest', 'mixPairs', 'mixQueries', 'mixWarmup'],
  },
  generation: {
    title: 'Generation',
    sentence:
      'All, and negatives that a small network makes for each picture, trained against the encoder (NEGCUT).',
    settings: [
      'generatedNegatives',
      'generatedUse',
      'noiseDimension',
      'diversityWeight',
      'generatorWidth',
      'generatorRate',
      'featureMomentum',
    ],
  },
  cancellation: {
    title: 'Cancellation',
    sentence: 'All but those taken for false negatives, which are attracted or left out (FNC).',
    settings: ['falseTopK', 'falseThreshold', 'falseQuantile', 'falseAction', 'supportViews'],
  },
} as const satisfies Record<string, Part>;

/** The losses, which compare the positive with the negatives. */
export const losses = {
  'info-nce': {
    title: 'InfoNCE',
    sentence: 'The positive against all negatives at once, a softmax (NT-Xent in a batch).',
    settings: ['temperature'],
  },
  decoupled: {
    title: 'Decoupled',
    sentence: 'InfoNCE without the positive in the denominator.',
    settings: ['temperature'],
  },
  global: {
    title: 'Global',
    sentence:
      'Decoupled, each anchor’s denominator averaged over the batches that it has been in (SogCLR).',
    settings: ['temperature', 'averageRate'],
  },
  supcon: {
    title: 'Supervised contrastive',
    sentence:
      'InfoNCE with several positives: every picture of the batch that is known to show the same (SupCon).',
    settings: ['temperature', 'positivesFrom'],
  },
  sigmoid: {
    title: 'Pairwise sigmoid',
    sentence: 'Each pair by itself: is it a positive? (SigLIP)',
    settings: ['temperature', 'sigmoidBias'],
  },
  vicreg: {
    title: 'VICReg',
    sentence:
      'No negatives: the views of a picture agree, and the numbers of z vary and differ over the batch.',
    settings: ['invariance', 'variance', 'covariance'],
  },
  'binary-nce': {
    title: 'Binary NCE',
    sentence: 'Each draw by itself: is it the positive, or noise?',
    settings: ['temperature', 'normaliser'],
  },
} as const satisfies Record<string, Part>;

export type SourceName = keyof typeof sources;
export type SelectionName = keyof typeof selections;
export type LossName = keyof typeof losses;

/** The parts of an objective. */
export interface ObjectiveParts {
  readonly source: SourceName;
  readonly selection: SelectionName;
  readonly loss: LossName;
}

/** What cannot be combined, the first that applies being said. */
const refusals: readonly {
  readonly applies: (parts: ObjectiveParts) => boolean;
  readonly sentence: (selection: SelectionName) => string;
}[] = [
  {
    applies: ({ source, loss }) => loss === 'binary-nce' && !isOneOf(source, ['bank', 'two-banks']),
    sentence: () =>
      'Binary NCE needs the noise draws of a memory bank; choose the source bank or two-banks, or the loss info-nce.',
  },
  {
    applies: (parts) => parts.loss === 'global' && !isWholeBatch(parts),
    sentence: () =>
      'The global loss averages the denominators of a batch; choose the source batch and the selection all.',
  },
  {
    applies: (parts) => parts.loss === 'supcon' && !isWholeBatch(parts),
    sentence: () =>
      'The supervised contrastive loss takes its positives among the whole batch; choose the source batch and the selection all. To leave negatives of the anchor’s label out of another objective, set labels to mask.',
  },
  {
    applies: (parts) => parts.loss === 'vicreg' && !isWholeBatch(parts),
    sentence: () =>
      'VICReg has no negatives to choose among; leave the source batch and the selection all.',
  },
  {
    applies: ({ selection, loss }) =>
      loss === 'sigmoid' && !isOneOf(selection, ['all', 'ring', 'ball']),
    sentence: (selection) =>
      `The pairwise sigmoid judges each pair by itself, so none can be weighed by "${selection}"; choose the selection all, ring or ball.`,
  },
  {
    applies: ({ source, loss }) => loss === 'sigmoid' && source === 'prototypes',
    sentence: () =>
      'The pairwise sigmoid compares pictures; choose another source than prototypes.',
  },
  {
    applies: ({ selection, loss }) => loss === 'decoupled' && selection === 'cancellation',
    sentence: () => 'Cancellation attracts what it cancels, which needs the loss info-nce.',
  },
  {
    applies: ({ selection, loss }) => loss === 'binary-nce' && selection !== 'all',
    sentence: (selection) =>
      `Binary NCE judges each draw by itself, so none can be weighed or left out by "${selection}"; choose the selection all, or the loss info-nce.`,
  },
  {
    applies: ({ source, selection }) => selection === 'mixing' && source !== 'queue',
    sentence: () => 'Mixing makes negatives of the keys in a queue; choose the source queue.',
  },
  {
    applies: ({ source, selection }) =>
      selection === 'generation' && !isOneOf(source, ['batch', 'queue']),
    sentence: () =>
      'Generation makes negatives beside those of a batch or a queue; choose the source batch or queue.',
  },
  {
    applies: ({ source, selection }) => selection === 'cancellation' && source === 'two-banks',
    sentence: () =>
      'Cancellation compares whole views of a picture, and each of two banks has only its lightness or its colour; choose the source batch, queue or bank.',
  },
  {
    applies: ({ source, selection }) => selection === 'cancellation' && source === 'prototypes',
    sentence: () =>
      'Cancellation looks for single pictures, and prototypes are none; choose the source batch, queue or bank.',
  },
  {
    applies: ({ source, selection }) =>
      source === 'prototypes' && !isOneOf(selection, ['all', 'debiased', 'hard', 'gaussian']),
    sentence: (selection) =>
      `Prototypes are few and each stands for many pictures, so "${selection}" would cut whole clusters off; choose the selection all, debiased, hard or gaussian.`,
  },
];

/**
 * Refuses parts that cannot be combined.
 * @throws EngineError bad-argument with what can
 */
export function checkParts(parts: ObjectiveParts): void {
  const refusal = refusals.find(({ applies }) => applies(parts));
  if (refusal) throw new EngineError('bad-argument', refusal.sentence(parts.selection));
}

function isOneOf<Name extends string>(name: Name, names: readonly Name[]): boolean {
  return names.includes(name);
}

function isWholeBatch({ source, selection }: ObjectiveParts): boolean {
  return source === 'batch' && selection === 'all';
}
