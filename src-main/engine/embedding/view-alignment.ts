import type { AugmentationSettings } from '../../contract/augmentations.ts';
import { compileProgram } from '../compute/compile-program.ts';
import { alignment } from '../evaluation/alignment-uniformity.ts';
import { drawAugmentation } from '../training/augmentation-draws.ts';
import { seedRandom } from '../training/random.ts';
import type { FlatWeights } from '../training/training-state.ts';
import { rowsOf } from './embedder.ts';
import { embedSpec } from './embed-program.ts';
import type { EmbedPlan } from './embed-program.ts';

/**
 * Alignment (Wang and Isola 2020) of h between two augmented views of each picture; pictures are
 * n x size x size x 3 RGB bytes, and only full batches are looked at. Null without one.
 */
export async function viewAlignment(
  plan: EmbedPlan & { readonly augmentation: AugmentationSettings },
  { weights, statistics }: FlatWeights,
  pictures: Uint8Array,
  { seed, device }: { readonly seed: number; readonly device: string },
): Promise<number | null> {
  const { batch, size, encoder, augmentation } = plan;
  const batchLength = batch * size * size * 3;
  const batches = Math.floor(pictures.length / batchLength);
  if (batches === 0) return null;
  const program = await compileProgram(embedSpec(plan), device);
  const random = seedRandom(seed);
  const dimensions = encoder.head.inputs;
  let total = 0;
  try {
    for (let first = 0; first < batches * batchLength; first += batchLength) {
      const { crops, colours } = drawAugmentation(2 * batch, augmentation, random);
      const images = pictures.subarray(first, first + batchLength);
      const outputs = await program.run({ images, crops, colours, weights, statistics });
      const h = rowsOf(outputs, 'h', 2 * batch * dimensions);
      const view = (vectors: Float32Array) => ({ vectors, count: batch, dimensions });
      total += alignment(
        view(h.subarray(0, batch * dimensions)),
        view(h.subarray(batch * dimensions)),
      );
    }
  } finally {
    await program.dispose();
  }
  return total / batches;
}
