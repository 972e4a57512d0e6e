import { compileProgram } from '../graph/compile-program.ts';
import type { Program } from '../graph/program.ts';
import { featureLength } from '../networks/trainable-encoder.ts';
import { alignment } from './alignment-uniformity.ts';
import type { AugmentationSettings } from '../../contract/augmentations.ts';
import { drawAugmentation } from '../augmentation/augmentation-draws.ts';
import { seedRandom } from '../numeric/random.ts';
import type { FlatWeights } from '../checkpoints/encoder-weights.ts';
import { rowsOf } from '../encoders/trained/embedder.ts';
import { embedSpec } from '../encoders/trained/embed-program.ts';
import type { EmbedPlan } from '../encoders/trained/embed-program.ts';

type AlignmentPlan = EmbedPlan & { readonly augmentation: AugmentationSettings };

/** An encoder compiled for the alignment of two views of each picture, with any weights. */
export class ViewAligner {
  readonly #plan: AlignmentPlan;
  readonly #program: Program;

  private constructor(plan: AlignmentPlan, program: Program) {
    this.#plan = plan;
    this.#program = program;
  }

  /** Compiles the plan's encoder for a device. */
  static async create(plan: AlignmentPlan, device: string): Promise<ViewAligner> {
    return new ViewAligner(plan, await compileProgram(embedSpec(plan), device));
  }

  /**
   * The alignment (Wang and Isola 2020) of h between two views of each picture; pictures are
   * [n, size, size, 3] RGB bytes. Only full batches count; null without a full batch.
   */
  async alignment(
    { weights, statistics }: FlatWeights,
    pictures: Uint8Array,
    seed: number,
  ): Promise<number | null> {
    const { batch, size, encoder, augmentation } = this.#plan;
    const batchLength = batch * size * size * 3;
    const batches = Math.floor(pictures.length / batchLength);
    if (batches === 0) return null;
    const random = seedRandom(seed);
    const dimensions = featureLength(encoder);
    let total = 0;
    for (let first = 0; first < batches * batchLength; first += batchLength) {
      const { crops, colours } = drawAugmentation(2 * batch, augmentation, random);
      const images = pictures.subarray(first, first + batchLength);
      const outputs = await this.#program.run({ images, crops, colours, weights, statistics });
      const h = rowsOf(outputs, 'h', 2 * batch * dimensions);
      const rows = (vectors: Float32Array) => ({ vectors, count: batch, dimensions });
      total += alignment(
        rows(h.subarray(0, batch * dimensions)),
        rows(h.subarray(batch * dimensions)),
      );
    }
    return total / batches;
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}
