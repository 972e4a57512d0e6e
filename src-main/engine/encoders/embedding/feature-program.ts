/** A frozen encoder at work; to be disposed of. */
export interface FeatureProgram {
  /** Features of pictures, n x height x width x 3 RGB bytes; awaits `yieldToEvents` between batches. */
  readonly features: (
    pictures: Uint8Array,
    yieldToEvents: () => Promise<void>,
  ) => Promise<Features>;
  readonly dispose: () => Promise<void>;
}

export interface Features {
  /** Unit rows n x dimensions. */
  readonly vectors: Float32Array;
  /** Rows of pictures that the encoder gives no direction: zeros. */
  readonly bad: readonly number[];
}
