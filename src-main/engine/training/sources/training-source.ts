import type * as tf from '@tensorflow/tfjs';
import type { NamedArray } from '../../graph/program.ts';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { Candidates } from '../../losses/candidates.ts';
import type { JudgedMasks } from '../../losses/judged-pairs.ts';
import type { LossScalars } from '../../losses/loss.ts';
import type { Random } from '../../numeric/random.ts';

/** An array of a training's state, which checkpoints hold. */
export type StateArray = Float32Array | Int32Array | Uint32Array;

/**
 * Where a training's negatives come from: what a source carries between steps, its part of a step's
 * graph, and its host part, which draws numbers and tracks pictures outside the graph.
 */
export interface TrainingSource {
  readonly viewsPerPicture: number;
  /**
   * A and M: a step's anchors, and the columns of their candidates as the ledger records them. M is 0
   * if each anchor has its own columns (`SourceSize.sharesColumns`).
   */
  readonly anchors: number;
  readonly columns: number;
  /** Into how many splits the batch of `trained` views is divided for batch norm; 1 if left out. */
  readonly batchNormSplits?: number;
  /** Whether the anchors, all of its trained views, are also the columns. */
  readonly comparesOwnRows?: boolean;
  /** The factor of the mean over the anchors: 1, or 2 if the losses of two sides are added. */
  readonly lossFactor?: number;
  /** Whether the last of the columns stands for all synthetic negatives. */
  readonly hasSynthetic?: boolean;
  /** The names of the numbers that it measures at each step, `SourceStep.measured`. */
  readonly measures?: readonly string[];
  /** Whether verdicts decide within the source which columns are false negatives. */
  readonly appliesVerdicts?: boolean;
  /** The inputs that it carries from step to step; `SourceStep.next` has the same names. */
  readonly carried: readonly InputSpec[];
  /** The other inputs, which its host part feeds at each step. */
  readonly fed: readonly InputSpec[];
  /** The arrays before the first step: those of `carried`, and those of the host part. */
  readonly start: (start: SourceStart) => Readonly<Record<string, StateArray>>;
  /** Builds its part of a step's graph; reads no values. */
  readonly build: (inputs: SourceInputs) => SourceStep;
  /** Its host part, which continues from the arrays of a training's state. */
  readonly host: (arrays: Readonly<Record<string, StateArray>>) => SourceHost;
}

interface SourceStart {
  /** The encoder's starting weights and statistics, flat. */
  readonly weights: Float32Array;
  readonly statistics: Float32Array;
  readonly sampleIds: Uint32Array;
  readonly random: Random;
}

/** What the graph of a step gives its source. */
export interface SourceInputs {
  /** The step's views as the encoder takes them, view after view; viewsPerPicture · B of them. */
  readonly views: tf.Tensor;
  /** The encoder's weights before the step, flat. */
  readonly weights: tf.Tensor1D;
  readonly scalars: LossScalars;
  /** An input by name, carried or fed. */
  readonly input: (name: string) => tf.Tensor;
  /** What verdicts say of the anchors and columns; null where the training uses none. */
  readonly judged?: () => JudgedMasks | null;
}

/** A source's part of one step's graph. */
export interface SourceStep {
  /** The views that go through the encoder with a gradient. */
  readonly trained: tf.Tensor;
  /** The candidates for the unit rows z of those views, [V, d]; runs inside the gradient. */
  readonly candidates: (z: tf.Tensor2D) => Candidates;
  /** Adds synthetic negatives to the candidates; undefined if the source has none. */
  readonly synthesis?: Synthesis;
  /** The numbers of the step that `TrainingSource.measures` names; to be called after the loss. */
  readonly measured?: () => Readonly<Record<string, tf.Tensor>>;
  /** The carried arrays after the step, by input name; z is a constant here. */
  readonly next: (z: tf.Tensor2D) => Readonly<Record<string, tf.Tensor>>;
}

/** Negatives that are computed from other negatives, after verdicts have masked those. */
export interface Synthesis {
  /** The candidates with the synthetic ones as further columns. */
  readonly added: (candidates: Candidates, z: tf.Tensor2D) => Candidates;
  /** The same with all synthetic ones in one column, as the ledger records them. */
  readonly gathered: (candidates: Candidates) => Candidates;
}

/** A source's part outside the graph, during one epoch. */
export interface SourceHost {
  /**
   * The feeds of the next step, and the pictures of its rows and columns; called once for each
   * step.
   */
  readonly step: (step: HostStep) => SourceFeeds;
  /** Its arrays for the checkpoint, with names that `TrainingSource.start` has. */
  readonly state: () => Readonly<Record<string, StateArray>>;
}

/** What the host part of a source is given at each step. */
export interface HostStep {
  /** Sample ids of the batch. */
  readonly batch: Uint32Array;
  /** The pictures whose view or row is the positive of each; those of the batch where left out. */
  readonly positives?: Uint32Array;
  /** Counted from 1. */
  readonly step: number;
  /** Epochs done before this one. */
  readonly epoch: number;
  readonly random: Random;
  /** The objective's scalars at this step. */
  readonly scalars: Readonly<Record<string, number>>;
  /**
   * For each picture of the batch the sample ids that must be among its negatives, where only some of
   * all pictures are drawn.
   */
  readonly known?: readonly (readonly number[])[] | undefined;
}

/** What the host part of a source feeds to one step. */
export interface SourceFeeds {
  readonly feeds: Readonly<Record<string, NamedArray['values']>>;
  /** Sample ids of the anchors and of their columns; `noPicture` for a column that is no picture. */
  readonly rowIds: Uint32Array;
  readonly columnIds: Uint32Array;
  /**
   * The anchors that the ledger records, [A]: `rowIds`, but `noPicture` for the view of a positive that is
   * another picture, which is no view of the anchor. `rowIds` if left out.
   */
  readonly anchorIds?: Uint32Array;
  /** The column that is the positive itself of each anchor, [A], which the ledger leaves out. */
  readonly positiveColumns?: Int32Array;
}

/** Stands for the sample id of a row that is no picture; sample ids begin at 1. */
export const noPicture = 0;
