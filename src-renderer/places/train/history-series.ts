import type { RunHistory } from '../../../src-main/contract/runs.ts';
import type { ThemeColours } from '../../state/theme.svelte.ts';
import { smoothed } from '../../widgets/chart-path.ts';
import type { Series } from '../../widgets/LineChart.svelte';

/** The loss of every step, faint, with its moving average; and the clamp rate where there is one. */
export function lossSeries(history: RunHistory, colours: ThemeColours): Series[] {
  const { epochs, losses } = history;
  const decay = losses.length > 40 ? 0.94 : 0.6;
  return [
    { name: 'each step', colour: colours.anchor, xs: epochs, ys: losses, isFaint: true },
    { name: 'moving average', colour: colours.anchor, xs: epochs, ys: smoothed(losses, decay) },
  ];
}

const shown = [
  { name: 'knn', title: 'kNN accuracy', colour: 'ring' },
  { name: 'falseNegativeRate', title: 'false negatives', colour: 'false' },
  { name: 'clampRate', title: 'clamped', colour: 'hard' },
] as const;

/** The metrics of every epoch that are fractions of 1. */
export function metricSeries(history: RunHistory, colours: ThemeColours): Series[] {
  return shown.flatMap(({ name, title, colour }) => {
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
