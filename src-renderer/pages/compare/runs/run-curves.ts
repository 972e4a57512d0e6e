import { scoreWords } from '../../../../src-main/contract/run-scores.ts';
import type { RunHistory } from '../../../../src-main/contract/runs.ts';
import { formatPercent } from '../../../../src-main/contract/percent.ts';
import { formatNumber } from '../../../formats/formats.ts';
import type { CurveAxis } from '../../../app/runs/curve-axes.ts';
import { smoothed } from '../../../widgets/chart-path.ts';

interface CurveMetric {
  readonly title: string;
  readonly format: (value: number) => string;
}

const percent = (value: number): string => formatPercent(value, 1);

/** What can be followed over a training; other recorded numbers go by their own name. */
const metrics: Readonly<Record<string, CurveMetric>> = {
  loss: { title: 'Loss', format: formatNumber },
  knn: { title: scoreWords.knn.title, format: percent },
  precisionAt20: { title: 'Precision at 20', format: percent },
  alignment: { title: 'Alignment', format: formatNumber },
  uniformity: { title: 'Uniformity', format: formatNumber },
  rankMe: { title: scoreWords.rankMe.title, format: formatNumber },
  knnBalanced: { title: 'kNN accuracy, balanced', format: percent },
  effectiveNegatives: { title: 'Effective negatives', format: formatNumber },
  sameLabelShare: { title: 'Same-label share', format: percent },
  clampRate: { title: 'Clamped', format: percent },
  syntheticShare: { title: 'Share on synthetic negatives', format: percent },
  generatedSimilarity: { title: 'Similarity of generated negatives', format: formatNumber },
  negativeSimilarity: { title: 'Similarity of real negatives', format: formatNumber },
  generatedDiversity: { title: 'Diversity of generated negatives', format: formatNumber },
};

/** Numbers of an epoch that say how the others were measured. */
const notCurves = new Set([
  ...['protocol', 'scoredPictures', 'singletons', 'precisionChance', 'precisionCeiling'],
]);

export function curveMetric(name: string): CurveMetric {
  return metrics[name] ?? { title: name, format: formatNumber };
}

/** The names of what any of the histories recorded more than once, the usual ones first. */
export function recordedMetrics(histories: readonly RunHistory[]): string[] {
  const recorded = new Set(histories.some(({ steps }) => steps.length > 0) ? ['loss'] : []);
  for (const { epochMetrics } of histories) {
    const seen = new Set<string>();
    for (const { name } of epochMetrics) {
      if (seen.has(name) && !notCurves.has(name)) recorded.add(name);
      seen.add(name);
    }
  }
  const order = Object.keys(metrics);
  const positionOf = (name: string): number =>
    order.indexOf(name) + (order.includes(name) ? 0 : 99);
  return [...recorded].sort((a, b) => positionOf(a) - positionOf(b));
}

interface Curve {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
}

/**
 * A recorded number over epochs, steps or seconds of training; the loss is the moving average of
 * every step. Null where it was not recorded, or nothing says when its epochs ended on the axis.
 */
export function curveOf(history: RunHistory, metric: string, axis: CurveAxis): Curve | null {
  const steps = axisOf(history, axis);
  // Runs that were imported have steps, but nobody took their time.
  if (axis === 'time' && !((steps.at(-1) ?? 0) > 0)) return null;
  if (metric === 'loss' && history.losses.length > 0) {
    const decay = history.losses.length > 40 ? 0.94 : 0.6;
    return { xs: steps, ys: smoothed(history.losses, decay) };
  }
  const rows = history.epochMetrics.filter(({ name }) => name === metric);
  if (rows.length === 0 || (axis !== 'epoch' && steps.length === 0)) return null;
  const xs = rows.map(({ epoch }) =>
    axis === 'epoch' ? epoch : (steps[lastStepOf(history, epoch)] ?? 0),
  );
  return { xs: Float32Array.from(xs), ys: Float32Array.from(rows, ({ value }) => value) };
}

function axisOf({ steps, epochs, seconds }: RunHistory, axis: CurveAxis): Float32Array {
  if (axis === 'epoch') return epochs;
  return axis === 'step' ? Float32Array.from(steps) : seconds;
}

/** The index of the last step of an epoch; steps count fractions of epochs. */
function lastStepOf({ epochs }: RunHistory, epoch: number): number {
  const roundingError = 1e-3;
  const next = epochs.findIndex((at) => at > epoch + roundingError);
  return (next < 0 ? epochs.length : next) - 1;
}
