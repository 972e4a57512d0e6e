import { createHash } from 'node:crypto';
import type { AugmentationSettings } from '../../../contract/augmentations.ts';
import {
  colourNumbers,
  cropNumbers,
  drawAugmentation,
} from '../../augmentation/augmentation-draws.ts';
import type { AugmentationDraws } from '../../augmentation/augmentation-draws.ts';
import { seedRandom } from '../../numeric/random.ts';
import { wholeCrop } from '../../pictures/crop-view.ts';
import { cropAt } from '../../pictures/crop-views.ts';
import type { DecodeTask, PixelsTask } from '../../pictures/decode-task.ts';
import { aspectOfSource, isCroppedFromSource } from '../../pictures/source-picture.ts';
import type { Library } from '../../store/library-file.ts';
import { pictureSides, presentPicture, sampleIdByHash } from '../../store/samples.ts';

/** What determines the views that a head's training draws. */
export interface ViewDraws {
  readonly augmentation: AugmentationSettings;
  readonly seed: number;
  /** V, views of each picture. */
  readonly views: number;
}

/**
 * The random numbers of V views of each picture, which depend on the seed and the picture's bytes only:
 * some go to the thread that decodes and crops, the others to the graph that finishes the views.
 */
export class PictureViews {
  readonly draws: ViewDraws;
  readonly #library: Library;
  readonly #size: number;

  /** For views of `size` pixels. */
  constructor(library: Library, size: number, draws: ViewDraws) {
    this.#library = library;
    this.#size = size;
    this.draws = draws;
  }

  /** The task that gives a picture's views [V, size, size, 3]; `of` decodes it without views. */
  taskOf(of: PixelsTask, hash: string): DecodeTask {
    const { crops, isCropped } = this.#drawn(hash);
    const { views } = this.draws;
    const all = Array.from({ length: views }, (_, view) => cropAt(crops, view));
    return { kind: 'views', of, size: this.#size, crops: all, isCropped };
  }

  /**
   * The numbers for the graph, picture after picture, of `count` pictures: those after the given ones
   * are filled up.
   */
  graphNumbers(sampleIds: Uint32Array, count: number): AugmentationDraws {
    const { views, augmentation, seed } = this.draws;
    const all = drawAugmentation(views * count, augmentation, seedRandom(seed));
    for (const [picture, id] of sampleIds.entries()) {
      const own = this.#drawn(presentPicture(this.#library, id)?.hash ?? '');
      all.colours.set(own.colours, picture * views * colourNumbers);
      for (let view = 0; view < views; view += 1) {
        const crop = cropAt(own.crops, view);
        const left = own.isCropped ? wholeCrop(crop) : crop;
        all.crops.set(left, (picture * views + view) * cropNumbers);
      }
    }
    return all;
  }

  #drawn(hash: string): AugmentationDraws & { readonly isCropped: boolean } {
    const { views, augmentation, seed } = this.draws;
    const sides = pictureSides(this.#library, sampleIdByHash(this.#library, hash) ?? 0);
    const aspect = aspectOfSource(sides, this.#size);
    const random = seedRandom(pictureSeed(seed, hash));
    const drawn = drawAugmentation(views, augmentation, random, () => aspect);
    return { ...drawn, isCropped: isCroppedFromSource(sides, this.#size) };
  }
}

function pictureSeed(seed: number, hash: string): number {
  return createHash('sha256').update(`${seed} ${hash}`).digest().readInt32LE(0);
}
