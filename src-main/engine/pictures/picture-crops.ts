import type { Library } from '../store/library-file.ts';
import { sidesOfSamples } from '../store/source-pixels.ts';
import type { CroppedViews } from './crop-views.ts';
import { aspectOfSource } from './source-picture.ts';
import { ViewCropper } from './view-cropper.ts';

/** The pictures that views are cropped from. */
export interface CropSources {
  /** Width over height of what a picture's views are cropped from. */
  readonly aspectOf: (sampleId: number) => number;
  /** Crops views by crops [V, 4], one picture a view. */
  readonly crop: (sampleIds: Uint32Array, crops: Float32Array) => Promise<CroppedViews>;
}

/** Crops views of `size` pixels from the uncropped pictures that a library has decoded. */
export class PictureCrops implements CropSources {
  readonly #library: Library;
  readonly #size: number;
  readonly #cropper: ViewCropper;
  readonly #aspects = new Map<number, number>();

  constructor(library: Library, size: number) {
    this.#library = library;
    this.#size = size;
    this.#cropper = new ViewCropper(library.file, size);
  }

  /** Reads the shapes of pictures, which must be decoded. */
  prepare(sampleIds: Uint32Array): void {
    for (const [index, sides] of sidesOfSamples(this.#library, sampleIds).entries()) {
      this.#aspects.set(sampleIds[index] ?? 0, aspectOfSource(sides, this.#size));
    }
  }

  aspectOf = (sampleId: number): number => this.#aspects.get(sampleId) ?? 1;

  crop = (sampleIds: Uint32Array, crops: Float32Array): Promise<CroppedViews> =>
    this.#cropper.crop(sampleIds, crops);

  /** Ends the threads. */
  close(): Promise<void> {
    return this.#cropper.close();
  }
}
