import { heldOutNearest } from '../../../../src-main/contract/held-out.ts';
import { scoreWords } from '../../../../src-main/contract/run-scores.ts';
import type { RunHistory } from '../../../../src-main/contract/runs.ts';
import type { ThemeColours } from '../../../app/window/theme.svelte.ts';
import { smoothed } from '../../../widgets/chart-path.ts';
import type { Series } from '../../../widgets/LineChart.svelte';

/**
 * The loss of every step, faint, with its moving average; and the clamp rate where there is one.
 */
export function lossSeries(history: RunHistory, colours: ThemeColours): Series[] {
  const { epochs, losses } = history;
  const decay = losses.length > 40 ? 0.94 : 0.6;
  return [
    { name: 'each step', colour: colours.anchor, xs: epochs, ys: losses, isFaint: true },
    { name: 'moving average', colour: colours.anchor, xs: epochs, ys: smoothed(losses, decay) },
  ];
}

/** A metric of every epoch, as it is called and coloured on screen. */
interface EpochMetric {
  readonly name: string;
  readonly title: string;
  readonly colour: 'anchor' | 'ring' | 'false' | 'hard' | 'dim';
}

/** Fractions of 1. */
const rates: readonly EpochMetric[] = [
  { name: 'knn', title: scoreWords.knn.title, colour: 'ring' },
  { name: 'precisionAt20', title: scoreWords.precisionAt20.short, colour: 'false' },
  { name: heldOutNearest, title: 'held-out pairs nearest', colour: 'anchor' },
  { name: 'clampRate', title: 'clamped', colour: 'hard' },
];

/** Lower is better for both (Wang, Isola 2020). */
const geometry: readonly EpochMetric[] = [
  { name: 'alignment', title: 'alignment', colour: 'anchor' },
  { name: 'uniformity', title: 'uniformity', colour: 'dim' },
];

/** The metrics of every epoch that are fractions of 1. */
export function rateSeries(history: RunHistory, colours: ThemeColours): Series[] {
  return epochSeries(history, colours, rates);
}

/** Alignment and uniformity of every epoch. */
export function geometrySeries(history: RunHistory, colours: ThemeColours): Series[] {
  return epochSeries(history, colours, geometry);
}

function epochSeries(
  history: RunHistory,
  colours: ThemeColours,
  metrics: readonly EpochMetric[],
): Series[] {
  return metrics.flatMap(({ name, title, colour }) => {
    const rows = history.epochMetrics.filter((row) => row.name === name);
    if (rows.length === 0) return [];
    return {
      name: title,
      colour: colours[colour],
      xs: Float32Array.from(rows, ({ epoch }) => epoch),
      ys: Float32Array.from(rows, ({ value }) => value),
    };
  });
}
