import { expect, it } from 'vitest';
import { measuredSideOf } from './results.ts';
import type { BenchResults } from './results.ts';
import { resultsText, timeText } from './results-table.ts';

const machine = {
  ...{ cpu: 'One', cores: 2, threads: 4, memoryGigabytes: 16, platform: 'linux 6 x64' },
  ...{ node: '24.21.0', onnxRuntime: '1.30.0', loadAtStart: 0.1 },
};
const results: BenchResults = {
  ...{ at: '2026-11-01T10:00:00.000Z', machine, turns: 3, figures: {} },
  rows: [
    {
      ...{ name: 'map', title: 'a map', sizes: { points: 10 } },
      ours: measuredSideOf('negatoscope 0.1.0', [2, 1, 4], [{}, {}, {}]),
      peer: measuredSideOf('umap-learn 0.5', [3, 3, 3], [{ trust: 0.9 }, { trust: 0.8 }]),
      ratio: {
        ...{ median: 1.5, lowest: 0.75, lowerQuartile: 1.125, upperQuartile: 2.25, highest: 3 },
        turns: [1.5, 3, 0.75],
      },
      ...{ bar: { atLeast: 1.7 }, keepsBar: false },
    },
    {
      ...{ name: 'explain', title: 'an anchor', sizes: { pictures: 5 }, peer: null, ratio: null },
      ours: measuredSideOf('negatoscope 0.1.0', [0.0123456], []),
      ...{ bar: { atMost: 0.02 }, keepsBar: true },
    },
  ],
  notMeasured: ['threads: PyTorch is not installed.'],
};

it('a table of results has medians, the ratio with how far it goes, bars, the machine and what is missing', () => {
  const lines = resultsText(results).split('\n');
  expect(lines[2]).toBe(
    '| a map (points 10) | umap-learn 0.5 | 2 s | 3 s | 1.50 (0.75 to 3.00) | at least 1.7 | no |',
  );
  expect(lines[3]).toBe('| an anchor (pictures 5) | – | 12.3 ms | – | – | at most 20 ms | yes |');
  expect(lines[5]).toContain(
    'One, 2 cores, 4 threads, 16 GB, linux 6 x64, Node 24.21.0, ONNX Runtime 1.30.0, load 0.1',
  );
  expect(lines).toContain('map: umap-learn 0.5: trust 0.85');
  expect(lines.at(-1)).toBe('threads: PyTorch is not installed.');
  expect(timeText(0.9994)).toBe('999 ms');
});

it('a machine that had other work at the start is told', () => {
  const busy = { ...results, machine: { ...machine, loadAtStart: 2.1 } };
  expect(resultsText(busy)).toContain('had other work');
  expect(resultsText(results)).not.toContain('had other work');
});
