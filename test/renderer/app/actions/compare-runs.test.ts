import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ComparisonWithMaps } from '../../../../src-main/contract/comparison.ts';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import type { JobStatus } from '../../../../src-main/contract/jobs.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import {
  compareRuns,
  putBeside,
  startComparing,
} from '../../../../src-renderer/app/actions/compare-runs.ts';
import { AnsweringClient, type Answers } from '../../answering-client.ts';
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

  it('measures a run that is put beside two measured ones, without a second press', async () => {
    const measured = new Set(['1 2']);
    const withMaps: Answers['comparison.withMaps'] = ({ a, b }) =>
      measured.has(`${a.run} ${b.run}`) ? ({} as ComparisonWithMaps) : null;
    client = new AnsweringClient({
      ...{ 'jobs.start': () => start(), 'comparison.withMaps': withMaps },
    });
    app = await appOn(client);
    app.comparison.show({ run: 1 }, { run: 2 });
    await putBeside(app, [{ run: 3 }]);
    expect(client.inputsOf('jobs.start')).toMatchObject([
      { kind: 'compare', input: { runs: [{ run: 1 }, { run: 2 }, { run: 3 }], maps: true } },
    ]);
    // What was measured before is only read.
    for (const pair of ['1 3', '2 3']) measured.add(pair);
    await putBeside(app, [{ run: 3 }]);
    expect(client.inputsOf('jobs.start')).toHaveLength(1);
  });

  it('leaves it to the page’s button where the two themselves were not measured', async () => {
    client = new AnsweringClient({
      'jobs.start': () => start(),
      'comparison.withMaps': () => null,
    });
    app = await appOn(client);
    app.comparison.show({ run: 1 }, { run: 2 });
    await putBeside(app, [{ run: 3 }]);
    expect(client.inputsOf('jobs.start')).toEqual([]);
    expect(app.comparison.sides).toHaveLength(3);
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
