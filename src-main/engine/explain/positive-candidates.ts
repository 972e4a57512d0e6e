import { labelRelation } from '../../contract/label-relation.ts';
import { noLabel } from '../../contract/label-sets.ts';
import type { SampleColumns } from '../../contract/library.ts';
import { labelsOf, splitsOf } from '../store/samples.ts';
import type { AnchorVerdicts } from '../verdicts/library-verdicts.ts';
import type { ExplanationSettings } from './explain-anchor.ts';
import { labelRelations } from './assign-bins.ts';

/** The splits of an anchor and of its candidates, by their number among `names`, -1 for none. */
export interface CandidateSplits {
  readonly names: readonly string[];
  readonly ofAnchor: number;
  readonly ofCandidates: Int32Array;
}

/** What is known of candidates, columns in the same order. */
interface KnownCandidates {
  /** One of `labelRelations`, by labels alone. */
  readonly labelRelation: Uint8Array;
  readonly judgedSame?: Uint8Array;
  readonly judgedDifferent?: Uint8Array;
  /** Undefined where the library has no splits. */
  readonly splits?: CandidateSplits;
}

/**
 * 1 where a candidate is a positive of a loss that takes several (SupCon): by the labels that it was
 * given, by verdicts, or by both, as they are now, verdicts before labels; undefined for other losses.
 */
export function positiveCandidates(
  { labelRelation, judgedSame, judgedDifferent, splits }: KnownCandidates,
  { loss, positivesFrom = 'labels', labelsOf }: ExplanationSettings,
): Uint8Array | undefined {
  if (loss !== 'supcon') return undefined;
  const isGiven = givenCandidates(splits, labelsOf);
  const byLabel = positivesFrom !== 'verdicts';
  const byVerdict = positivesFrom !== 'labels';
  return labelRelation.map((relation, candidate) => {
    const isApart = byVerdict && judgedDifferent?.[candidate] === 1;
    const isLabelled =
      byLabel && !isApart && relation === labelRelations.same && isGiven(candidate);
    return isLabelled || (byVerdict && judgedSame?.[candidate] === 1) ? 1 : 0;
  });
}

/** An anchor, and what labels and verdicts say now. */
interface KnownAnchor {
  readonly anchor: number;
  readonly samples: SampleColumns;
  readonly verdicts: AnchorVerdicts;
}

/** Those of the pictures `ids` that are positives, by labels and verdicts alone; undefined for other losses. */
export function positivePictures(
  settings: ExplanationSettings,
  { anchor, samples, verdicts: { same, different } }: KnownAnchor,
  ids: Uint32Array,
): ReadonlySet<number> | undefined {
  const labels = labelsOf(samples, ids);
  const [own = noLabel] = labelsOf(samples, Uint32Array.of(anchor));
  const known = {
    labelRelation: Uint8Array.from(
      labels,
      (label) => labelRelations[labelRelation(own, label, samples.labelMembers)],
    ),
    judgedSame: Uint8Array.from(ids, (id) => (same.has(id) ? 1 : 0)),
    judgedDifferent: Uint8Array.from(ids, (id) => (different.has(id) ? 1 : 0)),
    ...splitsOfCandidates(samples, anchor, ids),
  };
  const isPositive = positiveCandidates(known, settings);
  return isPositive && new Set(ids.filter((_, index) => isPositive[index] === 1));
}

/** Whether the labels of the anchor and of a candidate were both given. */
function givenCandidates(
  splits: CandidateSplits | undefined,
  labelsOf: readonly string[] | undefined,
): (candidate: number) => boolean {
  if (labelsOf === undefined) return () => true;
  if (splits === undefined) return () => false;
  const chosen = new Set(labelsOf.map((name) => splits.names.indexOf(name)));
  chosen.delete(-1);
  if (!chosen.has(splits.ofAnchor)) return () => false;
  return (candidate) => chosen.has(splits.ofCandidates[candidate] ?? -1);
}

/** The splits of the pictures `ids` and of the anchor; nothing where the library has none. */
export function splitsOfCandidates(
  samples: Pick<SampleColumns, 'ids' | 'splits' | 'splitIndex'>,
  anchor: number,
  ids: Uint32Array,
): { readonly splits?: CandidateSplits } {
  if (samples.splits.length === 0) return {};
  const [ofAnchor = -1] = splitsOf(samples, Uint32Array.of(anchor));
  return { splits: { names: samples.splits, ofAnchor, ofCandidates: splitsOf(samples, ids) } };
}
