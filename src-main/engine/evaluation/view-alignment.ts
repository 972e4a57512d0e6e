import { commonViews } from '../../contract/augmentations.ts';
import { drawAugmentation } from '../augmentation/augmentation-draws.ts';
import type { FlatWeights } from '../checkpoints/encoder-weights.ts';
import { embedSpec } from '../encoders/trained/embed-program.ts';
import type { EmbedPlan } from '../encoders/trained/embed-program.ts';
import { rowsOf } from '../encoders/trained/embedder.ts';
import { compileProgram } from '../graph/compile-program.ts';
import type { Program } from '../graph/program.ts';
import { featureLength } from '../networks/trainable-encoder.ts';
import { seedRandom } from '../numeric/random.ts';
import { alignment } from './alignment-uniformity.ts';

/** Pictures of which two views each are embedded at once. */
const batch = 64;
/** The same views in every run and at every epoch. */
const viewSeed = 1;

/** An encoder compiled for the alignment of two views of each picture, with any weights. */
export class ViewAligner {
  readonly #plan: EmbedPlan;
  readonly #program: Program;

  private constructor(plan: EmbedPlan, program: Program) {
    this.#plan = plan;
    this.#program = program;
  }

  /** Compiles an encoder of pictures of this size for a device. */
  static async create(
    { encoder, size }: Pick<EmbedPlan, 'encoder' | 'size'>,
    device: string,
  ): Promise<ViewAligner> {
    const plan = { encoder, size, batch, augmentation: commonViews.augmentation };
    return new ViewAligner(plan, await compileProgram(embedSpec(plan), device));
  }

  /**
   * The alignment (Wang and Isola 2020) of h between two views of each picture, drawn alike for every
   * encoder (`commonViews`); pictures are [n, size, size, 3] RGB bytes. Null without pictures.
   */
  async alignment(
    { weights, statistics }: FlatWeights,
    pictures: Uint8Array,
  ): Promise<number | null> {
    const { size, encoder } = this.#plan;
    const pictureLength = size * size * 3;
    const count = Math.floor(pictures.length / pictureLength);
    if (count === 0) return null;
    const random = seedRandom(viewSeed);
    const dimensions = featureLength(encoder);
    const images = new Uint8Array(batch * pictureLength);
    let total = 0;
    for (let start = 0; start < count; start += batch) {
      const { crops, colours } = drawAugmentation(2 * batch, commonViews.augmentation, random);
      const part = Math.min(batch, count - start);
      images.set(pictures.subarray(start * pictureLength, (start + part) * pictureLength));
      const outputs = await this.#program.run({ images, crops, colours, weights, statistics });
      const h = rowsOf(outputs, 'h', 2 * batch * dimensions);
      const rows = (first: number) => ({
        vectors: h.subarray(first * dimensions, (first + part) * dimensions),
        ...{ count: part, dimensions },
      });
      total += part * alignment(rows(0), rows(batch));
    }
    return total / count;
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}
