import { describe, expect, it } from 'vitest';
import type { RunHistory } from '../../../../../src-main/contract/runs.ts';
import * as series from '../../../../../src-renderer/pages/train/report/history-series.ts';
import type { ThemeColours } from '../../../../../src-renderer/app/window/theme.svelte.ts';

const colours = {
  ...{ anchor: '#aa0000', ring: '#00aa00', false: '#0000aa', hard: '#aaaa00', dim: '#777777' },
} as ThemeColours;

interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
}

type CurvesOf = (history: RunHistory, colours: ThemeColours) => Curve[];
// Types from a component are unknown to a linter that reads no components.
const lossSeries: CurvesOf = series.lossSeries;
const rateSeries: CurvesOf = series.rateSeries;
const geometrySeries: CurvesOf = series.geometrySeries;

function historyOf(
  losses: readonly number[],
  ...epochMetrics: RunHistory['epochMetrics']
): RunHistory {
  const steps = Uint32Array.from(losses, (_, step) => step + 1);
  return {
    ...{ steps, epochs: Float32Array.from(steps, (step) => step / 2), epochMetrics },
    ...{ seconds: Float32Array.from(steps), losses: Float32Array.from(losses) },
    clampRates: new Float32Array(losses.length),
  };
}

describe('the curves of the loss', () => {
  it('are that of every step, faint, and its moving average, over epochs', () => {
    const [each, average] = lossSeries(historyOf([4, 2, 2]), colours);
    expect(each).toMatchObject({ name: 'each step', colour: '#aa0000', isFaint: true });
    expect([...each!.ys]).toEqual([4, 2, 2]);
    expect([...average!.xs]).toEqual([0.5, 1, 1.5]);
    // Decay 0.6: (0.6 · 4 + 2) / 1.6, then (0.36 · 4 + 0.6 · 2 + 2) / 1.96.
    expect(average!.ys[0]).toBeCloseTo(4, 5);
    expect(average!.ys[1]).toBeCloseTo(4.4 / 1.6, 5);
    expect(average!.ys[2]).toBeCloseTo(4.64 / 1.96, 5);
  });

  it('are smoother in a long training', () => {
    const jump = [...Array.from({ length: 50 }, () => 0), 1];
    const short = lossSeries(historyOf(jump.slice(-20)), colours)[1]!.ys.at(-1)!;
    const long = lossSeries(historyOf(jump), colours)[1]!.ys.at(-1)!;
    expect(short).toBeCloseTo(0.4, 2);
    expect(long).toBeCloseTo(0.06, 1);
  });

  it('are empty before the first step', () => {
    expect(lossSeries(historyOf([]), colours).map(({ ys }) => ys.length)).toEqual([0, 0]);
  });
});

describe('the curves of what was measured each epoch', () => {
  const history = historyOf(
    [],
    { epoch: 1, name: 'knn', value: 0.25 },
    { epoch: 1, name: 'uniformity', value: -2 },
    { epoch: 2, name: 'knn', value: 0.5 },
    { epoch: 3, name: 'clampRate', value: 0.125 },
  );

  it('are the fractions of 1 that were measured, in colours that tell them apart', () => {
    const rates = rateSeries(history, colours);
    expect(rates.map(({ name, colour }) => [name, colour])).toEqual([
      ['kNN accuracy', '#00aa00'],
      ['clamped', '#aaaa00'],
    ]);
    expect([[...rates[0]!.xs], [...rates[0]!.ys]]).toEqual([
      [1, 2],
      [0.25, 0.5],
    ]);
  });

  it('have those of the geometry by themselves', () => {
    expect(geometrySeries(history, colours)).toEqual([
      { name: 'uniformity', colour: '#777777', xs: Float32Array.of(1), ys: Float32Array.of(-2) },
    ]);
    expect(geometrySeries(historyOf([1]), colours)).toEqual([]);
  });
});
