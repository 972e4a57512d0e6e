import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunHistory, RunSummary } from '../../../../src-main/contract/runs.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import type { RunTable } from '../../../../src-renderer/app/runs/runs-table.svelte.ts';
import { AnsweringClient } from '../../answering-client.ts';
import { appOn } from '../../open-app.ts';
import { runOf } from '../../run-of.ts';

function historyOf(loss: number): RunHistory {
  return {
    ...{ steps: Uint32Array.of(1), epochs: Float32Array.of(1), seconds: Float32Array.of(1) },
    ...{ losses: Float32Array.of(loss), clampRates: Float32Array.of(0), epochMetrics: [] },
  };
}

let all: RunSummary[];
let history: (run: number) => RunHistory;
let client: AnsweringClient;
let app: AppState;
let table: RunTable;
beforeEach(async () => {
  all = [
    runOf(1, { name: 'SimCLR long', tags: ['baseline'] }),
    runOf(2, { name: 'hard', note: 'a long note', objective: 'hard' }),
    runOf(3, { name: 'old', archived: true }),
    runOf(4, { name: 'gone', deleted: '2026-01-01T00:00:00.000Z' }),
  ];
  history = historyOf;
  client = new AnsweringClient({
    'runs.list': () => all,
    'runs.map': () => null,
    'runs.maps': () => [],
    'runs.history': ({ run }) => history(Number(run)),
  });
  app = await appOn(client);
  table = app.runTable;
  await app.runs.refresh();
});
afterEach(() => vi.unstubAllGlobals());

const rows = (): number[] => table.rows.map(({ run }) => run);

describe('the table of runs, with a client that answers four', () => {
  it('has those that are neither archived nor deleted, unless they are asked for', () => {
    expect([rows(), table.archivedCount, table.deletedRuns.map(({ run }) => run)]).toEqual([
      ...[[1, 2], 1, [4]],
    ]);
    expect(table.isOnlyDiffering).toBe(true);
    table.showsArchived = true;
    expect(rows()).toEqual([1, 2, 3]);
    table.showsDeleted = true;
    expect(rows()).toEqual([1, 2, 3, 4]);
  });

  it('is searched by every word of name, note, tags, objective and encoder', () => {
    const found = (query: string): number[] => {
      table.query = query;
      return rows();
    };
    expect(found('LONG')).toEqual([1, 2]);
    expect(found('long hard')).toEqual([2]);
    // Of the two that are neither archived nor deleted.
    expect(table.unfilteredCount).toBe(2);
    expect(found('baseline')).toEqual([1]);
    expect(found('resnet8')).toEqual([1, 2]);
    expect(found('old')).toEqual([]);
    expect(found('  ')).toEqual([1, 2]);
  });

  it('turns its order round by the same column, and begins another as that begins', () => {
    expect(table.sorting).toEqual({ column: 'created', isDescending: true });
    table.sortBy('created', true);
    expect(table.sorting).toEqual({ column: 'created', isDescending: false });
    table.sortBy('knn', true);
    expect(table.sorting).toEqual({ column: 'knn', isDescending: true });
    table.sortBy('name', false);
    expect(table.sorting).toEqual({ column: 'name', isDescending: false });
  });

  it('has chosen only what it shows', () => {
    table.toggle(1);
    table.toggle(3);
    expect(table.chosenRows.map(({ run }) => run)).toEqual([1]);
    table.showsArchived = true;
    expect(table.chosenRows.map(({ run }) => run)).toEqual([1, 3]);
    table.toggle(1);
    expect([...table.chosen]).toEqual([3]);
  });

  it('is another one for another library', async () => {
    table.toggle(1);
    table.query = 'long';
    table.editing = { run: 1, what: 'name' };
    await table.readHistories(all.slice(0, 1));
    table.clear();
    expect([table.chosen.size, table.query, table.editing, table.histories.size]).toEqual([
      ...[0, '', null, 0],
    ]);
    await table.readHistories(all.slice(0, 1));
    expect(table.histories.size).toBe(1);
  });

  it('is read again when anybody cares for runs', async () => {
    all = all.map((run) => ({ ...run, name: 'renamed' }));
    client.tell('runCare', {});
    await expect.poll(() => table.rows.map(({ name }) => name)).toEqual(['renamed', 'renamed']);
  });
});

describe('the curves of runs', () => {
  const asked = (): unknown[] =>
    client.inputsOf('runs.history').map((input) => (input as { run: number }).run);

  it('are read once, and again where the training has gone on', async () => {
    await table.readHistories(all.slice(0, 2));
    await table.readHistories(all.slice(0, 2));
    expect(asked()).toEqual([1, 2]);
    await table.readHistories([runOf(1, { epochs: 31 }), runOf(2, { state: 'paused' })]);
    expect(asked()).toEqual([1, 2, 1, 2]);
    expect(table.histories.get(2)?.losses[0]).toBe(2);
  });

  it('that could not be read are read at the next try, and why is passed on', async () => {
    history = () => {
      throw new Error('The library is busy.');
    };
    await expect(table.readHistories(all.slice(0, 1))).rejects.toThrow('busy');
    history = historyOf;
    await table.readHistories(all.slice(0, 1));
    expect(table.histories.get(1)?.losses[0]).toBe(1);
  });
});
