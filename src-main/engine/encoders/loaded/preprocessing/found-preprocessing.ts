import type { Preprocessing } from '../../../../contract/preprocessing.ts';

/** A preprocessing with its source. */
export interface FoundPreprocessing {
  readonly preprocessing: Preprocessing;
  /** Where it was read, and by which rules, as sentences. */
  readonly reason: string;
  /** What was not read but assumed, what is not understood, and why, as sentences. */
  readonly assumptions: readonly string[];
}

/** The sides in pixels that a model fixes; null where it leaves them open. */
export interface FixedSides {
  readonly width: number | null;
  readonly height: number | null;
}
