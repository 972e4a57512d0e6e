import type { Explanation, ExplanationKnobs } from '../contract/negatives.ts';
import { describeObjective } from '../contract/objectives/describe-objective.ts';
import { partsAmong } from '../contract/objectives/parse-objective.ts';
import { parseObjectivePreset } from '../contract/objectives/presets.ts';
import type { SettingValue } from '../contract/objectives/setting.ts';
import type { SampleColumns } from '../contract/library.ts';
import type { RunEmbeddings } from './embedding-cache.ts';
import { mutualNeighbourCount, mutualNeighbours } from './mutual-neighbours.ts';
import { labelRelations } from './negatives/assign-bins.ts';
import { explainAnchor } from './negatives/explain-anchor.ts';
import type { AnchorExplanation, ExplanationSettings } from './negatives/explain-anchor.ts';
import { dotProduct } from './neighbours/unit-rows.ts';
import type { Run } from './store/runs.ts';
import type { AnchorVerdicts } from './verdicts/library-verdicts.ts';

/** What a run without an objective of its own, a loaded encoder, is explained with. */
const objectiveOfLoaded = 'hard';
/** The picture itself stands for its two views, whose features are not kept. */
const positiveSimilarity = 1;

/**
 * The settings of an explanation: what is given, else the run's own, else the objective's defaults;
 * beta and tauPlus are 0 where an objective has none and none is given.
 * @throws EngineError bad-argument for an objective that there is not
 */
export function explanationSettings(
  run: Pick<Run, 'objective' | 'settings'>,
  knobs: ExplanationKnobs,
): ExplanationSettings {
  const objective = parseObjectivePreset(knobs.objective ?? run.objective ?? objectiveOfLoaded);
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
    temperature: number('temperature', 0.5),
    beta: number('beta', 0),
    tauPlus: number('tauPlus', 0),
    ringOuter: number('ringOuter', paperRing.ringOuter),
    ringInner: number('ringInner', paperRing.ringInner),
    ringDynamicInner: Boolean(isDynamic),
  };
}

/**
 * Zones are shown whatever the objective. Where a run has no ring of its own, it is the paper's: the
 * candidates are a whole library, as its bank was, not a batch (w_l = 90, w_u = 99).
 */
const paperRing = { ringOuter: 0.1, ringInner: 0.1 };

/** Everything of an explanation but who the anchor is. */
export type AnchorColumns = Omit<Explanation, 'anchor'>;

/** Explains the anchor in row `row` against every other picture that the run has embedded. */
export function explainRow(
  embeddings: RunEmbeddings,
  row: number,
  samples: SampleColumns,
  settings: ExplanationSettings,
  verdicts: AnchorVerdicts,
): AnchorColumns {
  const candidates = judgedCandidates(candidatesOf(embeddings, row, samples), (candidate) => {
    const id = embeddings.ids[rowOf(candidate, row)] ?? 0;
    if (verdicts.same.has(id)) return 'same';
    return verdicts.different.has(id) ? 'different' : null;
  });
  const explained = explainAnchor({ ...candidates, positiveSimilarity }, settings);
  const { order, loss, clamped, effectiveNegatives } = explained;
  return {
    parameters: { ...settings },
    candidates: order.length,
    loss,
    positiveSimilarity,
    effectiveNegatives,
    clamped,
    binCounts: countBins(explained),
    ids: idsInOrder(embeddings.ids, order, row),
    similarity: inOrder(candidates.similarities, order),
    percentile: inOrder(explained.percentile, order),
    weight: inOrder(explained.weight, order),
    share: inOrder(explained.share, order),
    zone: bytesInOrder(explained.zone, order),
    bin: bytesInOrder(explained.bin, order),
    evidence: bytesInOrder(explained.evidence, order),
  };
}

function idsInOrder(ids: Uint32Array, order: Uint32Array, anchorRow: number) {
  const ordered = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) {
    ordered[place] = ids[rowOf(order[place] ?? 0, anchorRow)] ?? 0;
  }
  return ordered;
}

/** Candidates are the rows without the anchor's. */
function rowOf(candidate: number, anchorRow: number): number {
  return candidate < anchorRow ? candidate : candidate + 1;
}

function candidatesOf(embeddings: RunEmbeddings, row: number, samples: SampleColumns) {
  const { vectors, dimensions, count, ids } = embeddings;
  const similarities = new Float64Array(count - 1);
  const labelRelation = new Uint8Array(count - 1);
  const mutualKnn = new Uint8Array(count - 1);
  const labels = labelsOfRows(ids, samples);
  const label = labels[row] ?? -1;
  for (let candidate = 0; candidate < count - 1; candidate++) {
    const other = rowOf(candidate, row);
    similarities[candidate] = dotProduct(vectors, row * dimensions, other * dimensions, dimensions);
    labelRelation[candidate] = relation(label, labels[other] ?? -1);
  }
  for (const other of mutualNeighbours(
    embeddings,
    embeddings.neighbours,
    row,
    mutualNeighbourCount,
  )) {
    mutualKnn[other < row ? other : other - 1] = 1;
  }
  return { similarities, labelRelation, mutualKnn };
}

/** A verdict outdoes what labels and neighbours say. */
function judgedCandidates(
  candidates: ReturnType<typeof candidatesOf>,
  verdictOn: (candidate: number) => 'same' | 'different' | null,
) {
  const labelRelation = candidates.labelRelation.map((known, candidate) =>
    verdictOn(candidate) === 'different' ? labelRelations.different : known,
  );
  const judgedSame = labelRelation.map((_, candidate) => (verdictOn(candidate) === 'same' ? 1 : 0));
  return { ...candidates, labelRelation, judgedSame };
}

function relation(first: number, second: number): number {
  if (first < 0 || second < 0) return labelRelations.unknown;
  return first === second ? labelRelations.same : labelRelations.different;
}

/** Both lists of ids ascend. */
function labelsOfRows(ids: Uint32Array, samples: SampleColumns): Int32Array {
  const labels = new Int32Array(ids.length);
  let place = 0;
  for (const [row, id] of ids.entries()) {
    while ((samples.ids[place] ?? Infinity) < id) place++;
    labels[row] = samples.ids[place] === id ? (samples.labelIndex[place] ?? -1) : -1;
  }
  return labels;
}

function countBins({ bin }: AnchorExplanation): Explanation['binCounts'] {
  const counts = [0, 0, 0, 0];
  for (const index of bin) counts[index] = (counts[index] ?? 0) + 1;
  const [hard = 0, falseNegatives = 0, ring = 0, easy = 0] = counts;
  return { hard, false: falseNegatives, ring, easy };
}

// Typed arrays' own `from` calls back for each element, which takes ten times as long.
function inOrder(values: Float64Array, order: Uint32Array): Float32Array<ArrayBuffer> {
  const ordered = new Float32Array(order.length);
  for (let place = 0; place < order.length; place++) {
    ordered[place] = values[order[place] ?? 0] ?? 0;
  }
  return ordered;
}

function bytesInOrder(values: Uint8Array, order: Uint32Array): Uint8Array<ArrayBuffer> {
  const ordered = new Uint8Array(order.length);
  for (let place = 0; place < order.length; place++) {
    ordered[place] = values[order[place] ?? 0] ?? 0;
  }
  return ordered;
}
