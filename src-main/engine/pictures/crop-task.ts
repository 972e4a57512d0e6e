import type { CroppedViews } from './crop-views.ts';

/** What a cropping thread begins with. */
export interface CropThreadData {
  readonly libraryFile: string;
  /** Side of the views in pixels. */
  readonly size: number;
  /** The most bytes of pictures that it holds in memory. */
  readonly cacheBytes: number;
}

/** One message to a cropping thread: views of pictures, and their crops [V, 4]. */
export interface CropRequest {
  readonly id: number;
  readonly sampleIds: Uint32Array;
  readonly crops: Float32Array;
}

/** The answer: images [V, size, size, 3] and the crops that are left to the graph, or a failure. */
export type CropAnswer = { readonly id: number } & (CroppedViews | { readonly failure: string });
