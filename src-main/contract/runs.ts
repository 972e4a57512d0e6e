import { z } from 'zod';
import { float32Array, uint32Array } from './arrays.ts';
import { holdOutChoice } from './held-out.ts';
import { viewCount } from './cached-views.ts';
import { featureEncoder } from './encoder-kinds.ts';
import type { FeatureEncoder } from './encoder-kinds.ts';
import { judgedSameNegatives } from './judged-same-negatives.ts';
import { labelsOf, labelUse } from './label-use.ts';
import { leaveOut } from './leave-out.ts';
import { metNegatives } from './met-negatives.ts';
import { encoderOutputChoice } from './loaded-encoders.ts';
import { keepCheckpoints, storedByDefault } from './stored-checkpoints.ts';
import { skip } from './library.ts';
import { augmentationOverrides, augmentationPreset } from './augmentations.ts';
import { optimisationChoice } from './optimisation.ts';
import { batchChoice } from './batch-drawing.ts';
import { preprocessingChanges } from './preprocessing.ts';
import { adapterKind, projectionHead } from './projection-heads.ts';
import { knnNeighbours } from './run-scores.ts';
import { tuningChoice } from './tuning-choice.ts';
import { adapterStart } from './adapter-start.ts';
import { groupPositives, groupPositivesByDefault, verdictUse } from './verdict-use.ts';

/** A run by its number or its name. */
export const runReference = z.union([z.number().int(), z.string().min(1)]);
export type RunReference = z.infer<typeof runReference>;

/** The name of a run, which no other run has. */
export const runName = z.string().trim().min(1, 'A run needs a name.').max(120);

const runState = z.enum(['training', 'paused', 'done', 'cancelled', 'failed']);
export type RunState = z.infer<typeof runState>;

/**
 * Trained here, embedded here by an encoder that was not trained here, or imported as vectors from
 * files.
 */
const runKind = z.enum(['trained', 'loaded', 'imported']);
export type RunKind = z.infer<typeof runKind>;

/** The encoders that are trained on pictures. */
const pictureEncoder = z.enum(['resnet8', 'resnet18']);
export type PictureEncoder = z.infer<typeof pictureEncoder>;

/** Whatever can be trained; `finetune` goes on from the weights of another encoder. */
export const trainableEncoder = z.enum([
  ...pictureEncoder.options,
  ...featureEncoder.options,
  'finetune',
]);
export type TrainableEncoder = z.infer<typeof trainableEncoder>;

/**
 * The encoder of a trained run: the chosen one, or two of its kind side by side, of lightness and of
 * colour, where the objective separates these (CMC).
 */
export const trainedPictureEncoder = z.enum([
  ...pictureEncoder.options,
  'resnet8-lab',
  'resnet18-lab',
]);
export type TrainedPictureEncoder = z.infer<typeof trainedPictureEncoder>;

/** All encoders of trained runs. */
export type TrainedEncoder = TrainedPictureEncoder | FeatureEncoder | 'finetune';

const settingValues = z.record(z.string(), z.union([z.number(), z.boolean(), z.string()]));
export type SettingValues = z.infer<typeof settingValues>;

/**
 * The input of a training. `settings` are those of the objective (objectives/settings-table.ts); what
 * is left out has its default. `size` is the side of the pictures in pixels, `batch` the number of
 * pictures per step. The optimisation (optimisation.ts) is that of the objective's recipe unless
 * another is chosen.
 */
export const trainInput = z.object({
  name: runName.optional(),
  encoder: trainableEncoder.default('resnet8'),
  /**
   * For a head or an adapter: the encoder whose features it is trained on, named as for `embed`. For
   * fine-tuning: the encoder whose weights it goes on from.
   */
  on: runReference.optional(),
  /** What an adapter adds to the features; runs of earlier versions have a bottleneck. */
  adapter: adapterKind.default('linear'),
  /** For fine-tuning (tuning-choice.ts). */
  ...tuningChoice.shape,
  /**
   * The number of views of each picture whose features are cached, for a head or an adapter those of the
   * whole encoder, for fine-tuning those of the layers that are not trained (cached-views.ts).
   */
  views: viewCount.optional(),
  objective: z.string().default('simclr'),
  settings: settingValues.default({}),
  /** That of the objective's recipe unless one is chosen. */
  augmentation: augmentationPreset.optional(),
  augmentationOverrides: augmentationOverrides.default({}),
  /** The projection head; that of the objective's paper unless one is chosen. */
  head: projectionHead.optional(),
  /** Passes over the pictures; as many as the source of negatives needs unless chosen (epochs.ts). */
  epochs: z.number().int().min(1).max(10_000).optional(),
  batch: z
    .number()
    .int()
    .min(2, 'A batch of one has no negatives; take at least 2 pictures.')
    .max(4096)
    .default(64),
  /** As the trained encoder needs it unless chosen (fine-tuning.ts). */
  size: z.number().int().min(16).max(256).optional(),
  seed: z.number().int().min(0).default(1),
  device: z.string().default('auto'),
  ...optimisationChoice.shape,
  /** Number of negatives of each anchor and epoch in the ledger; 0 for no ledger. */
  ledgerSize: z.number().int().min(0).max(256).default(32),
  /** The number of epochs whose weights are stored, spread evenly; the last one is always among them. */
  keepCheckpoints: keepCheckpoints.default(storedByDefault),
  /** What "same" verdicts do to pairs: nothing, remove them from the negatives, or also attract them. */
  verdicts: verdictUse.default('ignore'),
  /** With `attract`, how often a picture's positive is one that was judged the same, 0 to 1. */
  groupPositives: groupPositives.default(groupPositivesByDefault),
  /** With verdicts or labels that draw pictures together, what an adapter begins as (adapter-start.ts). */
  adapterStart: adapterStart.default('judged'),
  /** How batches are drawn, and how often what was judged different meets its anchor. */
  ...batchChoice.shape,
  /** What pictures of one label are to each other, and of which splits labels are given (label-use.ts). */
  labels: labelUse.default('ignore'),
  labelsOf: labelsOf.optional(),
  /** What is held out of the verdicts, and what that decides (held-out.ts). */
  ...holdOutChoice.shape,
  /** The job of a training whose pictures this one is on, too, whatever was added since. */
  samePicturesAs: z.number().int().optional(),
});
export type TrainInput = z.infer<typeof trainInput>;

const score = z.number().optional();

const metrics = z.object({
  knn: score,
  /** Balanced accuracies are means over the labels. */
  knnBalanced: score,
  linear: score,
  linearBalanced: score,
  alignment: score,
  uniformity: score,
  precisionAt20: score,
  /** What the precision at 20 is by chance and at best. */
  precisionChance: score,
  precisionCeiling: score,
  rankMe: score,
  /** Pictures that the accuracies are of, and labelled ones that no other could classify right. */
  scoredPictures: score,
  singletons: score,
  /** How many of the scored pictures were in verdicts that trained the run. */
  verdictPictures: score,
  /** Parts of the nearest pictures that were met as negatives (`metNegatives`): all, and by label. */
  nearestMet: score,
  hardMet: score,
  sameLabelMet: score,
  /** How many of the scored pictures have a label that the training was given. */
  labelPictures: score,
  /** The protocol of the scores (`scoreProtocol`), and that of the alignment; none in older libraries. */
  protocol: score,
  alignmentProtocol: score,
  /** What was left out of voting, as `leaveOutText`; empty or left out for nothing. */
  leftOut: z.string().optional(),
  /** The epoch whose weights the run has, where held-out pairs chose it. */
  keptEpoch: score,
  /** Of binary NCE: log Z at the end of the training, or those of lightness and of colour. */
  logNormalisers: z.array(z.number()).readonly().optional(),
});
export type Metrics = z.infer<typeof metrics>;
/** The metrics that are numbers. */
export type ScoreNumbers = Omit<Metrics, 'leftOut' | 'logNormalisers'>;

export const trainResult = z.object({
  run: z.number().int(),
  device: z.string(),
  epochs: z.number().int(),
  loss: z.number(),
  imagesPerSecond: z.number(),
  metrics,
});
export type TrainResult = z.infer<typeof trainResult>;

/** The objective in words; "loaded" is the library's word for every run without a training. */
export function objectiveText({ objective, kind }: Pick<RunSummary, 'objective' | 'kind'>): string {
  return objective ?? (kind === 'loaded' ? 'no training' : kind);
}

/** Encoders that need no training: their names, and descriptions. */
export const readyEncoders: Readonly<Record<string, string>> = {
  starter: 'the starter encoder',
  'starter+hog': 'the starter encoder with HOG and colour',
  hog: 'HOG and colour',
  pixels: 'raw pixels',
};

/**
 * `encoder` is one of `readyEncoders`, a loaded encoder (by name), a run (by number or name) whose
 * encoder is used again, or the absolute path of an encoder's file or folder. That encoder is added
 * first, with `output` and `preprocessing` in place of those that are found.
 */
export const embedInput = z.object({
  encoder: runReference,
  output: encoderOutputChoice.optional(),
  preprocessing: preprocessingChanges.optional(),
  name: runName.optional(),
  device: z.string().default('auto'),
});
export type EmbedInput = z.infer<typeof embedInput>;

export const embedResult = z.object({
  run: z.number().int(),
  embedded: z.number().int(),
  cached: z.number().int(),
  dimensions: z.number().int(),
  imagesPerSecond: z.number(),
  /** Pictures without a vector, and why. */
  leftOut: z.array(skip).optional(),
});
export type EmbedResult = z.infer<typeof embedResult>;

export const runSummary = z.object({
  run: z.number().int(),
  name: z.string(),
  kind: runKind,
  encoder: z.string(),
  objective: z.string().nullable(),
  settings: z.record(z.string(), z.unknown()),
  device: z.string().nullable(),
  state: runState,
  epochs: z.number().int(),
  loss: z.number().nullable(),
  imagesPerSecond: z.number().nullable(),
  metrics,
  created: z.string(),
  embedded: z.boolean(),
  mapped: z.boolean(),
  note: z.string(),
  tags: z.array(z.string()),
  /** Archived: listed only on request. */
  archived: z.boolean(),
  /** Time of its deletion; it can be restored until it is purged. */
  deleted: z.string().nullable(),
});
export type RunSummary = z.infer<typeof runSummary>;

/**
 * The loss of every recorded step, and the metrics of every epoch, as columns; `seconds` is the time
 * that training had taken by then, without pauses.
 */
export const runHistory = z.object({
  steps: uint32Array,
  epochs: float32Array,
  seconds: float32Array,
  losses: float32Array,
  clampRates: float32Array,
  epochMetrics: z.array(z.object({ epoch: z.number().int(), name: z.string(), value: z.number() })),
});
export type RunHistory = z.infer<typeof runHistory>;

/** `k` is the number of neighbours whose vote gives the kNN accuracy. */
export const evaluateInput = z.object({
  run: runReference,
  k: z.number().int().min(1).default(knnNeighbours),
  /** What does not vote; the library's choice where left out. Scores of another choice are not saved. */
  leaveOut: leaveOut.optional(),
  /**
   * Splits to learn from and to test; chosen by their usual names where left out, and not used in a
   * library without splits.
   */
  splits: z
    .object({
      train: z.array(z.string()).min(1, 'Name a split to learn from.'),
      test: z.array(z.string()).min(1, 'Name a split to test.'),
    })
    .optional(),
});

/**
 * The accuracies on held-out splits: of the vote of the nearest training pictures, and of a linear
 * classifier fitted on them. Unlike the other scores, no picture of the same split votes.
 */
const splitScores = z.object({
  train: z.array(z.string()),
  test: z.array(z.string()),
  trainPictures: z.number().int(),
  testPictures: z.number().int(),
  knn: z.number().nullable(),
  knnBalanced: z.number().nullable(),
  linear: z.number().nullable(),
  linearBalanced: z.number().nullable(),
});
export type SplitScores = z.infer<typeof splitScores>;

/**
 * Scores of a run on features h (`scoreWords`); null where the library has too few labels. `alignment`
 * needs two views; `knn` is the accuracy by `k` neighbours. Every number of accuracy or precision is of
 * the `scoredPictures`, without the votes of what was `leftOut`.
 */
export const evaluateResult = z.object({
  knn: z.number().nullable(),
  knnBalanced: z.number().nullable(),
  linear: z.number().nullable(),
  linearBalanced: z.number().nullable(),
  alignment: z.number().nullable(),
  uniformity: z.number(),
  precisionAt20: z.number().nullable(),
  precisionChance: z.number().nullable(),
  precisionCeiling: z.number().nullable(),
  rankMe: z.number(),
  scoredPictures: z.number().int(),
  singletons: z.number().int(),
  /** Left out where no verdicts trained the run. */
  verdictPictures: z.number().int().optional(),
  /** Left out where no labels trained the run. */
  labelPictures: z.number().int().optional(),
  /** As `leaveOutText`. */
  leftOut: z.string(),
  k: z.number().int(),
  /** Null without a ledger. */
  judgedSame: judgedSameNegatives.nullable(),
  /** Null without a ledger. */
  met: metNegatives.nullable(),
  /** Null where the library has no splits. */
  split: splitScores.nullable(),
  /** Why scores were left out. */
  remarks: z.array(z.string()).optional(),
});
export type EvaluateResult = z.infer<typeof evaluateResult>;
