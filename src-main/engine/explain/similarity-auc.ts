import { labelRelations } from './assign-bins.ts';

/**
 * The probability, at least 0.5, that a candidate with the anchor's label is more similar to it than a
 * candidate with another label (macro-AUC; docs/formulas.md, Posterior of a false negative); null if
 * there are no candidates of one of the two kinds.
 */
export function similarityAuc(order: Uint32Array, labelRelation: Uint8Array): number | null {
  let same = 0;
  let different = 0;
  let lost = 0;
  for (const candidate of order) {
    const relation = labelRelation[candidate];
    if (relation === labelRelations.different) different++;
    else if (relation === labelRelations.same) {
      same++;
      lost += different;
    }
  }
  return same === 0 || different === 0 ? null : Math.max(0.5, 1 - lost / (same * different));
}
