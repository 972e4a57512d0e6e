/** An encoder compiled for a device; must be disposed of. */
export interface FeatureProgram {
  /**
   * The features of pictures, [n, height, width, 3] RGB bytes; awaits `yieldToEvents` between
   * batches.
   */
  readonly features: (
    pictures: Uint8Array,
    yieldToEvents: () => Promise<void>,
  ) => Promise<Features>;
  readonly dispose: () => Promise<void>;
}

/** The features of n pictures. */
export interface Features {
  /** Unit rows, [n, dimensions]. */
  readonly vectors: Float32Array;
  /** The rows that are no unit rows but zeros, because the encoder gave no direction. */
  readonly bad: readonly number[];
}
