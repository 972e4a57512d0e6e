import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import type { JobStatus } from '../../../../src-main/contract/jobs.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { compareRuns, startComparing } from '../../../../src-renderer/app/actions/compare-runs.ts';
import { AnsweringClient } from '../../answering-client.ts';
import { jobOf } from '../../job-of.ts';
import { appOn } from '../../open-app.ts';

let start: () => JobStatus;
let client: AnsweringClient;
let app: AppState;
beforeEach(async () => {
  start = () => jobOf(1, { kind: 'compare' });
  client = new AnsweringClient({ 'jobs.start': () => start() });
  app = await appOn(client);
});
afterEach(() => vi.unstubAllGlobals());

describe('comparing runs, with a client that answers a job', () => {
  it('puts both side by side and measures them with their maps', async () => {
    await compareRuns(app, { run: 1 }, { run: 2, epoch: 5 });
    expect([app.pages.current, app.comparison.tab]).toEqual(['compare', 'pair']);
    expect(client.inputsOf('jobs.start')).toEqual([
      {
        kind: 'compare',
        input: {
          ...{ runs: [{ run: 1 }, { run: 2, epoch: 5 }], k: 15 },
          ...{ alignment: 'procrustes', maps: true },
        },
      },
    ]);
  });

  it('measures every run that stands beside them', async () => {
    app.comparison.show({ run: 1 }, { run: 2 }, { run: 3 });
    app.comparison.k = 7;
    await startComparing(app);
    expect(client.inputsOf('jobs.start')).toMatchObject([
      { input: { runs: [{ run: 1 }, { run: 2 }, { run: 3 }], k: 7 } },
    ]);
  });

  it('measures nothing without two runs', async () => {
    await startComparing(app);
    expect(client.calls).toEqual([]);
  });

  it('says why they cannot be measured', async () => {
    start = () => {
      throw new EngineError('not-found', 'There is no run 2.');
    };
    await compareRuns(app, { run: 1 }, { run: 2 });
    expect(app.notices.list.map(({ text }) => text)).toEqual(['There is no run 2.']);
  });
});
