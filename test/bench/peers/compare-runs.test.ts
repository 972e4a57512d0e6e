import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../engine/store/temporary-library.ts';
import { compareRuns, comparedText, readRun } from './compare-runs.ts';
import type { BenchResults, MeasuredRow } from './results.ts';

const machine = {
  ...{ cpu: 'One', cores: 2, threads: 4, memoryGigabytes: 16, platform: 'linux 6 x64' },
  ...{ node: '24.21.0', onnxRuntime: '1.30.0', loadAtStart: 0.1 },
};

function side(by: string, median: number) {
  return { by, median, turns: [median], notes: {} };
}

function row(name: string, sizes: Record<string, number>, ours: number, peer: number): MeasuredRow {
  const ratio = peer / ours;
  return {
    ...{ name, title: name, sizes, ours: side('negatoscope 0.1.0', ours) },
    peer: side('NumPy 2.4.6', peer),
    ratio: {
      ...{ median: ratio, lowest: ratio, lowerQuartile: ratio, upperQuartile: ratio },
      ...{ highest: ratio, turns: [ratio] },
    },
    ...{ bar: { atLeast: 1 }, keepsBar: ratio >= 1 },
  };
}

const before: BenchResults = {
  ...{ at: '2026-11-01T10:00:00.000Z', machine, turns: 5, notMeasured: [] },
  rows: [row('neighbours', { points: 100 }, 2, 3), row('map', {}, 1, 1)],
  figures: { explain: { pictures: 50_000, milliseconds: 10 } },
};
const now: BenchResults = {
  ...before,
  machine: { ...machine, cpu: 'Other', loadAtStart: 3 },
  rows: [row('neighbours', { points: 100 }, 1, 4), row('neighbours', { points: 200 }, 1, 1)],
  figures: { explain: { pictures: 50_000, milliseconds: 25 } },
};

describe('two runs of the benchmarks', () => {
  it('are set beside each other by name and size, as multiples of the earlier one', () => {
    const compared = compareRuns(before, now);
    const ratios = compared.figures.map(({ name, ratio }) => [name, ratio]);
    expect(ratios).toEqual([
      ['neighbours (points 100): ours, s', 0.5],
      ['neighbours (points 100): NumPy, s', 4 / 3],
      ['neighbours (points 100): ratio', 4 / 1.5],
      ['explain.pictures', 1],
      ['explain.milliseconds', 2.5],
    ]);
    expect(compared.onlyBefore).toContain('map: ours, s');
    expect(compared.onlyNow).toContain('neighbours (points 200): ours, s');
  });

  it('say that they are of different machines, but not that the load differs', () => {
    expect(compareRuns(before, now).machine).toEqual(['cpu One → Other']);
    expect(comparedText(compareRuns(before, now))).toContain('different machines');
    const busier = { ...before, machine: { ...machine, loadAtStart: 7 } };
    expect(compareRuns(before, busier).machine).toEqual([]);
    expect(comparedText(compareRuns(before, busier))).not.toContain('different machines');
  });

  it('are read from a file; another file is refused in a sentence', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'run.json');
    writeFileSync(file, JSON.stringify({ ...before, compared: null }));
    expect(readRun(file)).toEqual(before);
    writeFileSync(file, JSON.stringify({ explain: { milliseconds: 10 } }));
    expect(() => readRun(file)).toThrow('no run of the benchmarks');
    expect(() => readRun(join(folder, 'none.json'))).toThrow('no run of the benchmarks');
  });
});
