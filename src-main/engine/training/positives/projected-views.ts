import type * as tf from '@tensorflow/tfjs';
import type { FlatWeights } from '../../checkpoints/encoder-weights.ts';
import { rowsOf } from '../../encoders/trained/embedder.ts';
import { compileProgram } from '../../graph/compile-program.ts';
import type { Program, ProgramSpec } from '../../graph/program.ts';
import { encode, projectedLength } from '../../networks/trainable-encoder.ts';
import { flatLength, unpackWeights, weightNamed } from '../../networks/weights.ts';
import { unitRows } from '../../numeric/unit-row-tensor.ts';
import type { Random } from '../../numeric/random.ts';
import { viewInputs, viewsInGraph } from '../step/step-views.ts';
import type { ViewFeeder } from '../step/step-views.ts';
import type { TrainStepPlan } from '../step/train-step-plan.ts';

/** Gives the unit rows z of views that are drawn as a training step draws them. */
export class ProjectedViews {
  readonly #plan: TrainStepPlan;
  readonly #feed: ViewFeeder;
  readonly #program: Program;

  private constructor(plan: TrainStepPlan, feed: ViewFeeder, program: Program) {
    this.#plan = plan;
    this.#feed = feed;
    this.#program = program;
  }

  /** Compiles the encoder of a plan in evaluation mode; `feed` gives the views of the plan. */
  static async create(
    plan: TrainStepPlan,
    feed: ViewFeeder,
    device: string,
  ): Promise<ProjectedViews> {
    return new ProjectedViews(plan, feed, await compileProgram(projectedViewsSpec(plan), device));
  }

  /** Length of z. */
  get width(): number {
    return projectedLength(this.#plan.encoder);
  }

  /**
   * z of new views of a full batch of pictures under each of the weights, all of the same views; V·B rows
   * [V·B, width] each, view after view.
   */
  async of(
    batch: Uint32Array,
    random: Random,
    weights: readonly FlatWeights[],
  ): Promise<Float32Array[]> {
    const views = await this.#feed(batch, random);
    const length = this.#plan.source.viewsPerPicture * batch.length * this.width;
    const rows: Float32Array[] = [];
    for (const one of weights) {
      const outputs = await this.#program.run({ ...views, ...one });
      rows.push(rowsOf(outputs, 'z', length).slice());
    }
    return rows;
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}

function projectedViewsSpec(plan: TrainStepPlan): ProgramSpec {
  const { encoder } = plan;
  const float = (name: string, length: number) =>
    ({ name, shape: [length], dtype: 'float' }) as const;
  return {
    name: `views-${encoder.name}`,
    inputs: [
      ...viewInputs(plan),
      float('weights', flatLength(encoder.specs, 'trainable')),
      float('statistics', flatLength(encoder.specs, 'statistic')),
    ],
    build: (inputs) => {
      const input = (name: string): tf.Tensor => weightNamed(inputs, name);
      const weights = {
        ...unpackWeights(encoder.specs, 'trainable', input('weights') as tf.Tensor1D),
        ...unpackWeights(encoder.specs, 'statistic', input('statistics') as tf.Tensor1D),
      };
      return { z: unitRows(encode(encoder, viewsInGraph(plan, input), weights).projected) };
    },
  };
}
