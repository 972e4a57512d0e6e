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
import type { Random } from '../numeric/random.ts';
import type { CropSources } from '../pictures/picture-crops.ts';
import { alignment } from './alignment-uniformity.ts';

/** Pictures of which two views each are embedded at once. */
const batch = 64;
/** The same views in every run and at every epoch. */
const viewSeed = 1;

/** An encoder compiled for the alignment of two views of each picture, with any weights. */
export class ViewAligner {
  readonly #plan: EmbedPlan;
  readonly #crops: CropSources;
  readonly #program: Program;

  private constructor(plan: EmbedPlan, crops: CropSources, program: Program) {
    this.#plan = plan;
    this.#crops = crops;
    this.#program = program;
  }

  /** Compiles an encoder of pictures of this size for a device; views are cropped from `crops`. */
  static async create(
    { encoder, size }: Pick<EmbedPlan, 'encoder' | 'size'>,
    crops: CropSources,
    device: string,
  ): Promise<ViewAligner> {
    const plan = { encoder, size, batch, augmentation: commonViews.augmentation };
    return new ViewAligner(plan, crops, await compileProgram(embedSpec(plan), device));
  }

  /**
   * The alignment (Wang and Isola 2020) of h between two views of each picture, drawn alike for every
   * encoder (`commonViews`). Null without pictures.
   */
  async alignment(
    { weights, statistics }: FlatWeights,
    sampleIds: Uint32Array,
  ): Promise<number | null> {
    const count = sampleIds.length;
    if (count === 0) return null;
    const random = seedRandom(viewSeed);
    const dimensions = featureLength(this.#plan.encoder);
    let total = 0;
    for (let start = 0; start < count; start += batch) {
      const views = await this.#views(sampleIds, start, random);
      const part = Math.min(batch, count - start);
      const outputs = await this.#program.run({ ...views, weights, statistics });
      const h = rowsOf(outputs, 'h', 2 * batch * dimensions);
      const rows = (first: number) => ({
        vectors: h.subarray(first * dimensions, (first + part) * dimensions),
        ...{ count: part, dimensions },
      });
      total += part * alignment(rows(0), rows(batch));
    }
    return total / count;
  }

  /** Two views of the pictures from `start` on, filled up with the first ones. */
  async #views(sampleIds: Uint32Array, start: number, random: Random) {
    const ids = Uint32Array.from(
      { length: 2 * batch },
      (_, view) => sampleIds[(start + (view % batch)) % sampleIds.length] ?? 0,
    );
    const aspect = (view: number): number => this.#crops.aspectOf(ids[view] ?? 0);
    const drawn = drawAugmentation(ids.length, commonViews.augmentation, random, aspect);
    return { ...(await this.#crops.crop(ids, drawn.crops)), colours: drawn.colours };
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}
