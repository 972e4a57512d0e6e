import type { RunSummary } from '../../src-main/contract/runs.ts';

/** A run as the engine lists it: trained, embedded and mapped, unless said otherwise. */
export function runOf(run: number, change: Partial<RunSummary> = {}): RunSummary {
  return {
    ...{ run, name: `run ${run}`, kind: 'trained', encoder: 'resnet8', objective: 'simclr' },
    ...{ settings: {}, device: 'cpu', state: 'done', epochs: 30, loss: 1, imagesPerSecond: 10 },
    ...{ metrics: {}, created: '2026-01-01T00:00:00.000Z', embedded: true, mapped: true },
    ...{ note: '', tags: [], archived: false, deleted: null },
    ...change,
  };
}
