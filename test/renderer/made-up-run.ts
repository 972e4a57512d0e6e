import type { RunSummary } from '../../src-main/contract/runs.ts';

/** A run with these settings that was trained for three epochs, unless changed. */
export function madeUpRun(
  number: number,
  settings: object = {},
  change: Partial<RunSummary> = {},
): RunSummary {
  return {
    ...{ run: number, name: `run ${number}`, kind: 'trained', encoder: 'resnet8' },
    ...{
      objective: 'simclr',
      settings: { job: number, ...settings },
      device: 'cpu',
      state: 'done',
    },
    ...{ epochs: 3, loss: 1, imagesPerSecond: 10, metrics: {}, embedded: true, mapped: true },
    ...{ created: '2026-01-01T00:00:00.000Z', note: '', tags: [], archived: false, deleted: null },
    ...change,
  };
}
