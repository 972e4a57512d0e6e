import { beforeEach, describe, expect, it } from 'vitest';
import type { MapPoints, MapProgress } from '../../../../src-main/contract/map.ts';
import type { RunSummary } from '../../../../src-main/contract/runs.ts';
import { Runs } from '../../../../src-renderer/app/runs/runs.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { jobOf } from '../../job-of.ts';
import { mapPoints } from '../../map-points.ts';
import { runOf } from '../../run-of.ts';

function progressOf(run: number, ids: readonly number[]): MapProgress {
  const coordinates = new Float32Array(2 * ids.length);
  return { ...{ run, epoch: 1, epochs: 9, coordinates }, ids: Uint32Array.from(ids) };
}

let all: RunSummary[];
let map: (run: number, name?: string) => MapPoints | null | Promise<MapPoints | null>;
let client: AnsweringClient;
let runs: Runs;
beforeEach(async () => {
  all = [runOf(1), runOf(2), runOf(3, { mapped: false })];
  map = (run, name) => mapPoints(`${name ?? 'latest'} of ${run}`, [1, 2]);
  client = new AnsweringClient({
    'runs.list': () => all,
    'runs.map': ({ run, map: name }) => map(Number(run), name),
    'runs.maps': ({ run }) => [{ ...mapPoints(`latest of ${run}`, [1, 2]), points: 2 }],
    'runs.history': () => ({
      ...{ steps: new Uint32Array(), epochs: new Float32Array(), seconds: new Float32Array() },
      ...{ losses: new Float32Array(), clampRates: new Float32Array(), epochMetrics: [] },
    }),
  });
  runs = new Runs(await connectionTo(client));
});

describe('the runs of a library, with a client that answers three', () => {
  it('begin with the latest that has a map', async () => {
    await runs.refresh();
    expect([runs.currentNumber, runs.map?.map, runs.mapOf]).toEqual([2, 'latest of 2', 2]);
    expect(runs.storedMaps.map(({ map }) => map)).toEqual(['latest of 2']);
    expect(client.inputsOf('runs.list')).toEqual([{ archived: true, deleted: true }]);
  });

  it('begin with the latest where none has a map, and with none where there is none', async () => {
    all = [runOf(1, { mapped: false }), runOf(4, { mapped: false })];
    await runs.refresh();
    expect(runs.currentNumber).toBe(4);
    all = [];
    await runs.refresh();
    expect([runs.currentNumber, runs.current, runs.map, runs.shown]).toEqual([
      ...[null, null, null, null],
    ]);
  });

  it('begin with the one that was looked at before, archived too, but not deleted', async () => {
    all = [runOf(1, { archived: true }), runOf(2)];
    runs.preferred = 1;
    await runs.refresh();
    expect(runs.currentNumber).toBe(1);
    all = [runOf(1, { deleted: '2026-01-01T00:00:00.000Z' }), runOf(2)];
    expect(await runs.refreshList()).toBe(true);
    expect(runs.currentNumber).toBe(2);
  });

  it('are offered unless archived or deleted', async () => {
    all = [runOf(1, { archived: true }), runOf(2, { deleted: '2026' }), runOf(3)];
    await runs.refresh();
    expect(runs.all.map(({ run }) => run)).toEqual([1, 2, 3]);
    expect(runs.existing.map(({ run }) => run)).toEqual([1, 3]);
    expect(runs.list.map(({ run }) => run)).toEqual([3]);
  });

  it('have embeddings to look at only where the current one has', async () => {
    all = [runOf(1), runOf(2, { embedded: false })];
    await runs.refresh();
    expect(runs.embeddedNumber).toBeNull();
    await runs.choose(1);
    expect(runs.embeddedNumber).toBe(1);
  });

  it('are read again without their map, where another run changed', async () => {
    await runs.refresh();
    const maps = (): number => client.inputsOf('runs.map').length;
    const before = maps();
    await runs.refresh(1);
    expect(maps()).toBe(before);
    await runs.refresh(2);
    expect(maps()).toBe(before + 1);
  });

  it('tell what was recorded of one', async () => {
    expect((await runs.history(2)).epochMetrics).toEqual([]);
    expect(client.inputsOf('runs.history')).toEqual([{ run: 2 }]);
  });
});

describe('the map of the current run', () => {
  it('is the one that was chosen until the latest is to be followed', async () => {
    await runs.refresh();
    await runs.chooseMap('pca');
    expect(runs.shown).toMatchObject({ map: 'pca of 2' });
    await runs.refresh(2);
    expect(runs.shown).toMatchObject({ map: 'pca of 2' });
    runs.followLatest();
    await runs.refresh(2);
    expect(runs.shown).toMatchObject({ map: 'latest of 2' });
  });

  it('of the run before is not shown while another is read', async () => {
    await runs.refresh();
    const late = Promise.withResolvers<MapPoints | null>();
    map = () => late.promise;
    const choosing = runs.choose(1);
    expect(runs.shown).toBeNull();
    late.resolve(null);
    await choosing;
    expect([runs.shown, runs.mapOf]).toEqual([null, 1]);
  });

  it('is that of the run that was chosen last', async () => {
    await runs.refresh();
    await Promise.all([runs.choose(1), runs.choose(3), runs.choose(1)]);
    expect(runs.map?.map).toBe('latest of 1');
  });

  it('is shown while it grows, and an unchanged list of pictures keeps its array', async () => {
    await runs.refresh();
    const { ids } = runs.shown!;
    client.tell('mapProgress', progressOf(2, [1, 2]));
    expect(runs.shown).toMatchObject({ epoch: 1 });
    expect(runs.shown!.ids).toBe(ids);
    client.tell('mapProgress', progressOf(2, [2, 1]));
    expect(runs.shown!.ids).not.toBe(ids);
    await runs.refresh(2);
    expect(runs.growing).toBeNull();
    expect(runs.shown).toMatchObject({ map: 'latest of 2' });
  });

  it('does not grow by what another run’s does, nor after another run was chosen', async () => {
    await runs.refresh();
    client.tell('mapProgress', progressOf(1, [1]));
    expect(runs.growing).toBeNull();
    client.tell('mapProgress', progressOf(2, [1]));
    await runs.choose(1);
    expect(runs.growing).toBeNull();
  });
});

describe('the run of a job', () => {
  it('is known by the job, or by the number or name that it was started with', async () => {
    await runs.refresh();
    const runOfJob = (run: number | null, input: unknown): number | undefined =>
      runs.ofJob(jobOf(1, { run, input }))?.run;
    expect(runOfJob(1, {})).toBe(1);
    expect(runOfJob(null, { run: 2 })).toBe(2);
    expect(runOfJob(null, { run: 'run 3' })).toBe(3);
    expect([runOfJob(null, {}), runOfJob(null, null), runOfJob(9, {})]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
  });
});
