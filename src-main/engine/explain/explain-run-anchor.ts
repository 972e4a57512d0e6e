import { defaultHardShare } from '../../contract/bins.ts';
import type { Explanation, ExplanationKnobs, VectorSpace } from '../../contract/negatives.ts';
import { describeObjective } from '../../contract/objectives/describe-objective.ts';
import { partsAmong, partsOf } from '../../contract/objectives/parse-objective.ts';
import { parseObjectivePreset } from '../../contract/objectives/presets.ts';
import type { ObjectivePreset } from '../../contract/objectives/presets.ts';
import type { SettingValue } from '../../contract/objectives/setting.ts';
import { paperRing } from '../../contract/objectives/ring-ranks.ts';
import type { CandidateColumns, DrawnBatch } from './anchor-candidates.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { labelRelations } from './assign-bins.ts';
import { binTotals } from './bin-totals.ts';
import { columnsInOrder } from './columns-in-order.ts';
import { explainAnchor } from './explain-anchor.ts';
import type { AnchorCandidates, AnchorLoss, ExplanationSettings } from './explain-anchor.ts';
import { suspicionOf } from './anchor-suspicion.ts';
import type { SuspicionSettings } from './anchor-suspicion.ts';
import type { MeasuredPositive } from '../store/positives.ts';
import type { Run } from '../store/runs.ts';
import type { AnchorVerdicts } from '../verdicts/library-verdicts.ts';
import { positiveCandidates } from './positive-candidates.ts';
import { twoSidedLoss } from './two-sided-loss.ts';

/** The objective with which a run without an objective of its own is explained. */
const objectiveOfOthers = 'hard';
/** The picture itself stands for its two views, whose features are not stored. */
const ownSimilarity = 1;
/** The batch of a run that records none: the default of trainings. */
const assumedBatch = 64;

/** What an explanation takes of a run; `metrics` are those that its training measured. */
export type ExplainedRun = Pick<Run, 'objective' | 'settings'> & Partial<Pick<Run, 'metrics'>>;

/**
 * The settings of an explanation: the given ones, else the run's, else the objective's defaults; beta
 * and tauPlus are 0 if the objective has none and none is given. Zones are shown for every objective.
 * Without a ring of its own they are those of the paper's ring, because the candidates are a whole
 * library, as in the paper, and not a batch.
 * @throws EngineError bad-argument for an unknown objective
 */
export function explanationSettings(
  run: ExplainedRun,
  knobs: ExplanationKnobs,
): ExplanationSettings {
  const objective = parseObjectivePreset(knobs.objective ?? run.objective ?? objectiveOfOthers);
  const isOwn = knobs.objective === undefined || knobs.objective === run.objective;
  const ownSettings = isOwn ? run.settings : {};
  const { selection } = partsAmong(ownSettings);
  const { settings } = describeObjective(objective, partsAmong(ownSettings));
  const defaults = new Map<string, SettingValue>(
    settings.map((setting) => [setting.key, setting.default]),
  );
  const number = (key: keyof ExplanationKnobs, otherwise: number): number =>
    Number(knobs[key] ?? ownSettings[key] ?? defaults.get(key) ?? otherwise);
  const isDynamic = knobs.ringDynamicInner ?? ownSettings['ringDynamicInner'] ?? true;
  return {
    objective,
    ...(selection && { selection }),
    ...furtherSettings(objective, ownSettings, defaults),
    ...(isOwn && noiseSettings(objective, run)),
    temperature: number('temperature', 0.5),
    beta: number('beta', 0),
    tauPlus: number('tauPlus', 0),
    ringOuter: number('ringOuter', paperRing.ringOuter),
    ringInner: number('ringInner', paperRing.ringInner),
    ringDynamicInner: Boolean(isDynamic),
    hardShare: knobs.hardShare ?? defaultHardShare,
  };
}

/** The loss, and the settings that only some objectives have. */
function furtherSettings(
  objective: ObjectivePreset,
  ownSettings: Run['settings'],
  defaults: ReadonlyMap<string, SettingValue>,
): Pick<ExplanationSettings, 'loss' | 'gauss' | 'sigmoidBias' | 'positivesFrom' | 'labelsOf'> {
  const parts = partsOf(objective, ownSettings);
  const number = (key: string): number => Number(ownSettings[key] ?? defaults.get(key));
  const bias = ownSettings['sigmoidBias'];
  return {
    ...(parts.loss !== 'info-nce' && { loss: parts.loss }),
    ...(parts.selection === 'gaussian' && {
      gauss: { mean: number('gaussMean'), sigma: number('gaussSigma') },
    }),
    ...(typeof bias === 'number' && { sigmoidBias: bias }),
    ...(parts.loss === 'supcon' && {
      positivesFrom: (ownSettings['positivesFrom'] ??
        defaults.get('positivesFrom')) as ExplanationSettings['positivesFrom'],
      ...(Array.isArray(ownSettings['labelsOf']) && {
        labelsOf: ownSettings['labelsOf'] as string[],
      }),
    }),
  };
}

/** The noise of a binary NCE by which a run was trained; none for other losses. */
function noiseSettings(
  objective: ObjectivePreset,
  { settings, metrics }: ExplainedRun,
): Pick<ExplanationSettings, 'noise'> {
  const { loss } = partsOf(objective, settings);
  const pictures = Number(settings['pictures']);
  if (loss !== 'binary-nce' || !(pictures > 1)) return {};
  const asked = Number(settings['nceK'] ?? 0);
  const draws = asked === 0 ? 1 : asked / (pictures - 1);
  const ratio = asked === 0 ? 1 : asked / pictures;
  const logNormalisers = metrics?.logNormalisers;
  return { noise: { ratio, draws, pictures, ...(logNormalisers && { logNormalisers }) } };
}

/** An explanation without its anchor, and without what is of its run and not of the anchor. */
export type AnchorColumns = Omit<Explanation, 'anchor' | 'spaces' | 'notes'>;

/** Numbers that a caller may give to an explanation, which else are measured or assumed. */
export interface Assumptions extends Omit<SuspicionSettings, 'tauPlus'> {
  /** The space of the candidates' similarities; h where left out. */
  readonly space?: VectorSpace;
  /** What was measured of the anchor's positive in that space. */
  readonly positive?: MeasuredPositive | null;
  readonly positiveSimilarity?: number | undefined;
}

/** The batch that is drawn for a run with a seed; it has the run's batch size. */
export function drawnBatch(run: Pick<Run, 'settings'>, seed: number): DrawnBatch {
  const size = run.settings['batch'];
  return { size: typeof size === 'number' ? size : assumedBatch, seed };
}

/**
 * Explains an anchor by its candidates, which are rows of `ids`; by `loss` where it is known what the
 * loss makes of them. `count` is how many pictures the run has embedded.
 */
export function explainCandidates(
  { ids, count }: Pick<RunEmbeddings, 'ids' | 'count'>,
  known: CandidateColumns,
  settings: ExplanationSettings,
  verdicts: AnchorVerdicts,
  { space = 'h', positive = null, positiveSimilarity: given, ...assumed }: Assumptions = {},
  loss?: AnchorLoss,
): Omit<AnchorColumns, 'batch'> {
  const positiveSimilarity = given ?? positive?.mean ?? ownSimilarity;
  const { candidates, negatives } = withPositives(
    known,
    judgedCandidates(known, ids, verdicts),
    settings,
  );
  const { posterior, suspected, basis } = suspicionOf(known, {
    ...assumed,
    tauPlus: settings.tauPlus,
  });
  const { sides } = known;
  const ofLoss = loss ?? (sides && twoSidedLoss(sides, positiveSimilarity, settings));
  const explained = explainAnchor(
    { ...candidates, suspected, positiveSimilarity },
    settings,
    ofLoss,
  );
  const { order, clamped, effectiveNegatives } = explained;
  const inOrder = columnsInOrder(known.ranking);
  return {
    parameters: { ...settings },
    space,
    candidates: order.length,
    negatives,
    embedded: count,
    posteriorBasis: basis,
    similarityPrecision: precisionOf(assumed.calibration),
    loss: explained.loss,
    positiveSimilarity,
    positive: originOf(given, positive),
    effectiveNegatives,
    clamped,
    ...binTotals(explained),
    ids: idsInOrder(ids, known.rows, order),
    similarity: inOrder.numbers(known.similarities),
    percentile: inOrder.numbers(explained.percentile),
    weight: inOrder.numbers(explained.weight),
    share: inOrder.numbers(explained.share),
    zone: inOrder.bytes(explained.zone),
    ...(explained.cutRanks && {
      innerRank: order.map((candidate) => explained.cutRanks?.inner[candidate] ?? 0),
      outerRank: order.map((candidate) => explained.cutRanks?.outer[candidate] ?? 0),
    }),
    bin: inOrder.bytes(explained.bin),
    evidence: inOrder.bytes(explained.evidence),
    posterior: inOrder.numbers(posterior),
  };
}

/** The candidates with the positives of a loss that takes several, and how many are none. */
function withPositives(
  { labelRelation, splits }: CandidateColumns,
  judged: Omit<AnchorCandidates, 'positiveSimilarity'>,
  settings: ExplanationSettings,
) {
  const count = judged.similarities.length;
  // The labels as a training is given them: only one that takes verdicts too puts these before them.
  const known = { ...judged, labelRelation, ...(splits && { splits }) };
  const isPositive = positiveCandidates(known, settings);
  if (isPositive === undefined) return { candidates: judged, negatives: count };
  const positives = isPositive.reduce((sum, one) => sum + one, 0);
  return { candidates: { ...judged, isPositive }, negatives: count - positives };
}

function precisionOf(calibration: Assumptions['calibration']): Float32Array<ArrayBuffer> {
  const isCounted = calibration !== undefined && calibration !== 'pending';
  return isCounted ? calibration.similarityPrecision : new Float32Array(0);
}

/** Where the positive's similarity is from. */
function originOf(
  given: number | undefined,
  measured: MeasuredPositive | null,
): Explanation['positive'] {
  const { spread, views } = measured ?? { spread: null, views: null };
  if (given !== undefined) return { from: 'given', spread, views };
  return { from: measured === null ? 'itself' : 'views', spread, views };
}

function idsInOrder(ids: Uint32Array, rows: Uint32Array, order: Uint32Array) {
  const ordered = new Uint32Array(order.length);
  for (let rank = 0; rank < order.length; rank++) {
    ordered[rank] = ids[rows[order[rank] ?? 0] ?? 0] ?? 0;
  }
  return ordered;
}

/** The candidates with verdicts, which count more than labels and neighbours. */
function judgedCandidates(
  known: CandidateColumns,
  ids: Uint32Array,
  { same, different }: AnchorVerdicts,
): Omit<AnchorCandidates, 'positiveSimilarity'> {
  if (same.size === 0 && different.size === 0) return known;
  const count = known.rows.length;
  const labelRelation = known.labelRelation.slice();
  const judgedSame = new Uint8Array(count);
  const judgedDifferent = new Uint8Array(count);
  for (let candidate = 0; candidate < count; candidate++) {
    const id = ids[known.rows[candidate] ?? 0] ?? 0;
    if (same.has(id)) judgedSame[candidate] = 1;
    else if (different.has(id)) {
      judgedDifferent[candidate] = 1;
      labelRelation[candidate] = labelRelations.different;
    }
  }
  return { ...known, labelRelation, judgedSame, judgedDifferent };
}
