import type { Calibrations } from '../explain/suspicion/calibrations.ts';
import type { EmbeddedLibrary } from '../neighbours/embedded-library.ts';

/** An open library whose pairs are put in the order in which to judge them. */
export interface ReviewedLibrary extends EmbeddedLibrary {
  readonly calibrations: Calibrations;
}
