import type { Explanation, ExplanationKnobs } from '../../contract/negatives.ts';
import { fractionOfRank } from '../../contract/objectives/ring-ranks.ts';
import type { RingRanks } from '../../contract/objectives/ring-ranks.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import type { LossStep } from '../store/loss-steps.ts';
import type { Run } from '../store/runs.ts';
import type { AnchorVerdicts } from '../verdicts/library-verdicts.ts';
import type { ExplanationSettings } from './explain-anchor.ts';
import { explainCandidates, explanationSettings } from './explain-run-anchor.ts';
import { positivePictures } from './positive-candidates.ts';
import type { AnchorColumns, Assumptions } from './explain-run-anchor.ts';
import { stepCandidates } from './step-candidates.ts';
import { stepLossOfAnchor } from './step-loss-of-anchor.ts';

/** The anchor in row `row` of a run's embeddings, in a step of its training. */
interface AnchorInStep {
  readonly run: Pick<Run, 'objective' | 'settings'>;
  readonly embeddings: RunEmbeddings;
  /** The rows of z by the finished encoder, in the order of the embeddings. */
  readonly rows: UnitRows;
  readonly row: number;
  readonly step: LossStep & { readonly epoch: number };
  readonly samples: SampleColumns;
  readonly verdicts: AnchorVerdicts;
}

/** An explanation by a step, and what is left out of it because it was judged the same. */
interface ExplainedStep extends AnchorColumns {
  readonly masked: number;
}

/**
 * Explains an anchor by the batch in which a training had it, with the z of that step and, for knobs that
 * are not given, the settings at that step.
 */
export function explainStep(
  { run, embeddings, rows, row, step, samples, verdicts }: AnchorInStep,
  knobs: ExplanationKnobs,
  { positiveSimilarity, ...suspicion }: Omit<Assumptions, 'space' | 'positive'>,
): ExplainedStep {
  const anchor = embeddings.ids[row] ?? 0;
  const { settings, ranks } = settingsAt(run, knobs, step);
  const asPositive =
    settings.objective === run.objective
      ? undefined
      : positivePictures(settings, { anchor, samples, verdicts }, step.rowIds);
  const seen = stepLossOfAnchor(step, anchor, { settings, ranks, positiveSimilarity, asPositive });
  const candidates = stepCandidates({ embeddings, rows, row, samples }, seen);
  const explained = explainCandidates(
    { ids: candidates.ids, count: embeddings.count },
    candidates,
    settings,
    verdicts,
    { ...suspicion, space: 'z', positiveSimilarity: seen.positiveSimilarity },
    seen.loss,
  );
  const from = positiveSimilarity === undefined ? 'step' : 'given';
  return {
    ...explained,
    ...(ranks && { parameters: { ...explained.parameters, ...shownAs(ranks, seen.negatives) } }),
    negatives: seen.negatives,
    positive: { from, spread: null, views: null },
    batch: batchOf(step, seen),
    masked: seen.masked,
  };
}

function batchOf(
  { rowIds, epoch, step }: AnchorInStep['step'],
  { views, clampedViews }: ReturnType<typeof stepLossOfAnchor>,
): Explanation['batch'] {
  const size = rowIds.length / 2;
  return { size, seed: null, trained: { epoch, step, views, clampedViews } };
}

/** The settings of an explanation by a step: its own scalars where its run's objective is explained. */
function settingsAt(
  run: AnchorInStep['run'],
  knobs: ExplanationKnobs,
  { settings: { scalars } }: LossStep,
): { readonly settings: ExplanationSettings; readonly ranks?: RingRanks } {
  const settings = explanationSettings(run, knobs);
  if (settings.objective !== run.objective) return { settings };
  const { temperature, beta, tauPlus, ringInnerRank: inner, ringOuterRank: outer } = scalars;
  const own = {
    ...settings,
    temperature: knobs.temperature ?? temperature ?? settings.temperature,
    beta: knobs.beta ?? beta ?? settings.beta,
    tauPlus: knobs.tauPlus ?? tauPlus ?? settings.tauPlus,
  };
  const { ringOuter, ringInner, ringDynamicInner } = knobs;
  const isTurned = [ringOuter, ringInner, ringDynamicInner].some((knob) => knob !== undefined);
  if (inner === undefined || outer === undefined || isTurned) return { settings: own };
  // The ring may have been wider at that step than the run's setting, which it narrows to.
  return { settings: own, ranks: { inner, outer } };
}

/** The ring's cuts of a step as the settings that put them there among `negatives`. */
function shownAs({ inner, outer }: RingRanks, negatives: number) {
  return {
    ringOuter: fractionOfRank(outer, negatives),
    ringInner: fractionOfRank(inner, outer),
    ringDynamicInner: true,
  };
}
