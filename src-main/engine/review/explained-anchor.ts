import { candidatesOf } from '../explain/anchor-candidates.ts';
import { explainCandidates, explanationSettings } from '../explain/explain-run-anchor.ts';
import type { AnchorColumns } from '../explain/explain-run-anchor.ts';
import type { Run } from '../store/runs.ts';
import type { ExplainedPictures } from './known-pictures.ts';

/** An explanation as the queue uses it: against the whole library, by the run's own settings. */
export type ExplainedAnchor = Omit<AnchorColumns, 'batch'>;

const noVerdicts = { same: new Set<number>(), different: new Set<number>() };

/** Gives the explanation of an anchor by its sample id, as if nothing was judged. */
export function anchorExplainer(
  { samples, embeddings, compared, calibration }: ExplainedPictures,
  run: Run,
): (anchor: number) => ExplainedAnchor {
  const settings = explanationSettings(run, {});
  return (anchor) => {
    const row = embeddings.rowOfId.get(anchor) ?? 0;
    const candidates = candidatesOf(embeddings, row, samples, null, compared?.rows);
    return explainCandidates(embeddings, candidates, settings, noVerdicts, {
      ...{ space: compared?.space ?? 'h', calibration },
      positive: compared?.positiveOf(anchor) ?? null,
    });
  };
}
