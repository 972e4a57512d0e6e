import type * as tf from '@tensorflow/tfjs';
import type { NamedArray } from '../../graph/program.ts';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { Candidates } from '../../losses/candidates.ts';
import type { LossScalars } from '../../losses/loss.ts';
import type { Random } from '../../numeric/random.ts';

/** An array that is kept between steps, and in a checkpoint. */
export type StateArray = Float32Array | Int32Array | Uint32Array;

/**
 * Where a training's negatives come from: what a source keeps between steps, what it does in the
 * graph of a step, and what it draws and remembers beside the graph.
 */
export interface TrainingSource {
  readonly viewsPerPicture: number;
  /**
   * A and M: anchors of a step, and columns of their candidates as the ledger records them; M is 0
   * where each anchor has columns of its own (`SourceSize.sharesColumns`).
   */
  readonly anchors: number;
  readonly columns: number;
  /** What the mean over the anchors is multiplied by: 1, or 2 where the losses of two sides are added. */
  readonly lossFactor?: number;
  /** What it carries from step to step, as inputs; `SourceStep.next` has the same names. */
  readonly carried: readonly InputSpec[];
  /** What it is fed at each step besides. */
  readonly fed: readonly InputSpec[];
  /** What is carried into the first step, and what `host` begins with. */
  readonly start: (start: SourceStart) => Readonly<Record<string, StateArray>>;
  /** Its part of a step's graph; reads no values. */
  readonly build: (inputs: SourceInputs) => SourceStep;
  /** Its part beside the graph, going on from a state's arrays. */
  readonly host: (arrays: Readonly<Record<string, StateArray>>) => SourceHost;
}

interface SourceStart {
  /** The encoder's, flat. */
  readonly weights: Float32Array;
  readonly statistics: Float32Array;
  readonly sampleIds: Uint32Array;
  readonly random: Random;
}

/** What the graph of a step gives its source. */
export interface SourceInputs {
  /** As the encoder takes them, view after view; viewsPerPicture · B of them. */
  readonly views: tf.Tensor;
  /** The encoder's weights as they are before the step, flat. */
  readonly weights: tf.Tensor1D;
  readonly scalars: LossScalars;
  /** An input by name, carried or fed. */
  readonly input: (name: string) => tf.Tensor;
}

/** What a source does in one step. */
export interface SourceStep {
  /** The views that go through the encoder with a gradient. */
  readonly trained: tf.Tensor;
  /** The candidates of their unit rows z, [V, d]; runs inside the gradient. */
  readonly candidates: (z: tf.Tensor2D) => Candidates;
  /** Where negatives are made of those candidates. */
  readonly synthesis?: Synthesis;
  /** What is carried on, by input name; z is a constant here. */
  readonly next: (z: tf.Tensor2D) => Readonly<Record<string, tf.Tensor>>;
}

/** Negatives that are made of others, after verdicts have masked those. */
export interface Synthesis {
  /** The candidates with the synthetic ones as further columns. */
  readonly added: (candidates: Candidates, z: tf.Tensor2D) => Candidates;
  /** The same with all synthetic ones in one column, as the ledger records them. */
  readonly gathered: (candidates: Candidates) => Candidates;
}

/** One training's part of a source beside the graph. */
export interface SourceHost {
  /**
   * What is fed to the step that begins, and the pictures of its rows and columns; called once a
   * step, in order.
   */
  readonly step: (step: HostStep) => SourceFeeds;
  /** What it keeps, for the checkpoint; names that `TrainingSource.start` has. */
  readonly kept: () => Readonly<Record<string, StateArray>>;
}

export interface HostStep {
  /** Sample ids of the batch. */
  readonly batch: Uint32Array;
  /** Counted from 1. */
  readonly step: number;
  /** Epochs done before this one. */
  readonly epoch: number;
  readonly random: Random;
  /** The objective's, of this step. */
  readonly scalars: Readonly<Record<string, number>>;
}

export interface SourceFeeds {
  readonly feeds: Readonly<Record<string, NamedArray['values']>>;
  /**
   * Sample ids of the anchors, and of the columns of their candidates; `noPicture` where there is
   * none.
   */
  readonly rowIds: Uint32Array;
  readonly columnIds: Uint32Array;
}

/** The sample id of a row that is of no picture: sample ids begin at 1. */
export const noPicture = 0;
