import type { ExplanationSettings } from '../explain/explain-anchor.ts';
import { explanationSettings } from '../explain/explain-run-anchor.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { readEmbeddings, samplesWithoutEmbedding } from '../store/embeddings.ts';
import type { EmbeddingSpace } from '../store/embeddings.ts';
import type { Library } from '../store/library-file.ts';
import type { ComparedWeights } from './compared-weights.ts';

/** The loss by which a run's negatives are binned in a comparison, and the space that it sees. */
export interface ComparedLoss {
  /** The run's own settings, or those that Explore assumes where it has none. */
  readonly settings: ExplanationSettings;
  /** 'z' where the run has stored it of all the compared pictures, else 'h'. */
  readonly space: EmbeddingSpace;
}

/** The unit rows [n, dimensions] that a run's loss sees, and its settings. */
export interface LossRows extends UnitRows {
  readonly settings: ExplanationSettings;
}

/** The loss of a run on the pictures `ids`. */
export function comparedLoss(
  library: Library,
  { run, weightsHash }: Pick<ComparedWeights, 'run' | 'weightsHash'>,
  ids: Uint32Array,
): ComparedLoss {
  const lacking = samplesWithoutEmbedding(library, weightsHash, 'z', ids);
  return { settings: explanationSettings(run, {}), space: lacking.length === 0 ? 'z' : 'h' };
}

/** The rows of the pictures `ids` in the space of a loss; `features` are their rows in h. */
export function lossRows(
  library: Library,
  weightsHash: string,
  { settings, space }: ComparedLoss,
  ids: Uint32Array,
  features: UnitRows,
): LossRows {
  const { vectors, dimensions } =
    space === 'h' ? features : readEmbeddings(library, weightsHash, space, ids);
  return { vectors, dimensions, count: ids.length, settings };
}
