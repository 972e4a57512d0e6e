import { noLabel } from '../../../src-main/contract/label-sets.ts';
import { labelRelation } from '../../../src-main/contract/label-relation.ts';
import { labelRelations } from '../../../src-main/engine/explain/assign-bins.ts';
import { explainAnchor } from '../../../src-main/engine/explain/explain-anchor.ts';
import type {
  AnchorExplanation,
  ExplanationSettings,
} from '../../../src-main/engine/explain/explain-anchor.ts';
import { explanationSettings } from '../../../src-main/engine/explain/explain-run-anchor.ts';
import { dotProduct } from '../../../src-main/engine/numeric/unit-rows.ts';
import { embeddedSampleIds, readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { labelsOf, presentSamples } from '../../../src-main/engine/store/samples.ts';

/** The pictures of a run as anchors, each against all others on z. */
export interface ExplainedAnchors {
  readonly count: number;
  /**
   * The explanation of the anchor in a row by the run's own settings and these; unlabelled, nothing is
   * known of the candidates, so that the loss alone decides.
   */
  readonly explain: (
    row: number,
    change: Partial<ExplanationSettings>,
    labels: 'labelled' | 'unlabelled',
  ) => AnchorExplanation;
}

/** Explains the pictures of a trained run in the space of its loss. */
export function explainedAnchors(library: Library, name: string): ExplainedAnchors {
  const run = findRun(library, name);
  const hash = run.weightsHash ?? '';
  const ids = embeddedSampleIds(library, hash, 'z');
  const { vectors, dimensions } = readEmbeddings(library, hash, 'z', ids);
  const samples = presentSamples(library);
  const labels = labelsOf(samples, ids);
  const own = explanationSettings(run, {});
  const cached = new Map<number, Float64Array>();
  const similaritiesOf = (row: number): Float64Array => {
    const known = cached.get(row);
    if (known) return known;
    const found = new Float64Array(ids.length - 1);
    for (let other = 0; other < found.length; other++) {
      const at = (other < row ? other : other + 1) * dimensions;
      found[other] = dotProduct(vectors, row * dimensions, at, dimensions);
    }
    cached.set(row, found);
    return found;
  };
  const relation = (row: number, other: number): number =>
    labelRelations[
      labelRelation(labels[row] ?? noLabel, labels[other] ?? noLabel, samples.labelMembers)
    ];
  return {
    count: ids.length,
    explain: (row, change, known) => {
      const similarities = similaritiesOf(row);
      const candidates = {
        similarities,
        positiveSimilarity: 1,
        labelRelation: new Uint8Array(similarities.length),
        mutualKnn: new Uint8Array(similarities.length),
      };
      if (known === 'labelled') {
        candidates.labelRelation = Uint8Array.from(similarities, (_, other) =>
          relation(row, other < row ? other : other + 1),
        );
      }
      return explainAnchor(candidates, { ...own, ...change });
    },
  };
}
