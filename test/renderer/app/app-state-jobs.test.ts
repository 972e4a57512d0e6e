import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newDecoding } from '../../../src-main/contract/decoding.ts';
import type { LibraryStatus } from '../../../src-main/contract/library.ts';
import type { MapPoints } from '../../../src-main/contract/map.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';
import type { AppState } from '../../../src-renderer/app/app-state.svelte.ts';
import { AnsweringClient } from '../answering-client.ts';
import { fivePictures } from './five-pictures.ts';
import { jobOf } from '../job-of.ts';
import { mapPoints } from '../map-points.ts';
import { appOn } from '../open-app.ts';
import { runOf } from '../run-of.ts';

let all: RunSummary[];
let map: MapPoints;
let client: AnsweringClient;
let app: AppState;
beforeEach(async () => {
  all = [1, 2, 3, 4].map((run) => runOf(run, { mapped: run === 1 }));
  map = mapPoints('latest', [1, 2]);
  client = new AnsweringClient({
    'library.status': () =>
      ({
        ...{ file: '/a.negatoscope', folders: [], decoding: newDecoding, blank: 0, noted: 0 },
      }) as unknown as LibraryStatus,
    'library.samples': () => fivePictures.columns,
    'library.skips': () => [],
    'labels.listByHand': () => ({ edits: [] }),
    'jobs.list': () => [],
    'jobs.start': () => jobOf(9, { kind: 'map' }),
    'runs.list': () => all,
    'runs.map': () => map,
    'runs.maps': () => [],
    'verdicts.list': () => [],
    'pictures.marks': () => ({ tags: [], leftOut: [] }),
    'comparison.withMaps': () => null,
    'window.recall': () => [],
    'devices.list': () => [],
  });
  app = await appOn(client);
  await app.start();
});
afterEach(() => vi.unstubAllGlobals());

const noticed = (): string[] => app.notices.list.map(({ text }) => text);
const started = (): unknown[] => client.inputsOf('jobs.start');

describe('what follows the end of a job, with a client that tells it', () => {
  it.each(['train', 'embed', 'import'] as const)(
    'a %s is followed by no job that the window starts: its map is queued by the engine',
    async (kind) => {
      const reads = client.inputsOf('runs.list').length;
      client.tell('job', jobOf(3, { kind, state: 'done', run: 2, result: {} }));
      await expect.poll(() => client.inputsOf('runs.list').length).toBeGreaterThan(reads);
      // What follows the end of a job is done in turn: the map of a later one is shown after it.
      client.tell('job', jobOf(4, { kind: 'map', state: 'done', run: 2 }));
      await expect.poll(noticed).toContain('The map of “run 2” is ready.');
      expect(started()).toEqual([]);
    },
  );

  it('of an import is that its run is looked at, where it was asked for', async () => {
    const reads = client.inputsOf('runs.list').length;
    client.tell('job', jobOf(3, { kind: 'import', state: 'done', run: 2, result: {} }));
    await expect.poll(() => client.inputsOf('runs.list').length).toBeGreaterThan(reads);
    expect(app.runs.currentNumber).toBe(1);
    await app.jobs.start('import', { files: ['/a.npy'] });
    client.tell('job', jobOf(9, { kind: 'import', state: 'done', run: 2, result: {} }));
    await expect.poll(() => app.runs.currentNumber).toBe(2);
  });

  it('of a map is that it is shown where it was asked for', async () => {
    all = [runOf(1), runOf(2)];
    map = mapPoints('new', [1, 2, 3]);
    await app.jobs.start('map', { run: 2 });
    client.tell('job', jobOf(9, { kind: 'map', state: 'done', run: 2 }));
    await expect.poll(noticed).toEqual(['The map of “run 2” is ready.']);
    expect(app.runs.currentNumber).toBe(2);
    expect(app.runs.shown).toMatchObject({ map: 'new' });
  });

  it('of a training is the map that the engine makes of it, where the training was asked for', async () => {
    await app.jobs.start('train', {});
    client.tell('job', jobOf(9, { kind: 'train', state: 'done', run: 2, result: {} }));
    client.tell('job', jobOf(10, { kind: 'map', state: 'done', run: 2 }));
    await expect.poll(() => app.runs.currentNumber).toBe(2);
  });

  it('of a map of another window is a word, and a button that shows it', async () => {
    app.pages.go('train');
    client.tell('job', jobOf(3, { kind: 'map', state: 'done', run: 2 }));
    await expect.poll(noticed).toEqual(['The map of “run 2” is ready.']);
    expect(app.runs.currentNumber).toBe(1);
    const [notice] = app.notices.list;
    expect(notice?.action?.name).toBe('Show it');
    notice?.action?.run();
    await expect.poll(() => app.runs.currentNumber).toBe(2);
    expect(app.pages.current).toBe('explore');
  });

  it.each([
    ['run', () => app.chooseRun(3)],
    ['anchor', () => app.chooseAnchor(2)],
  ])('of a map is a button where another %s was chosen since', async (_, choose) => {
    await app.jobs.start('map', { run: 2 });
    await choose();
    const { currentNumber } = app.runs;
    client.tell('job', jobOf(9, { kind: 'map', state: 'done', run: 2 }));
    await expect.poll(noticed).toContain('The map of “run 2” is ready.');
    expect(app.runs.currentNumber).toBe(currentNumber);
    expect(app.notices.list.at(-1)?.action?.name).toBe('Show it');
  });

  it('of a map that failed is the one before, and why', () => {
    const coordinates = new Float32Array(2);
    client.tell('mapProgress', {
      run: 1,
      epoch: 1,
      epochs: 2,
      ids: Uint32Array.of(1),
      coordinates,
    });
    expect(app.runs.shown).toMatchObject({ epoch: 1 });
    const error = { code: 'internal', message: 'The map broke.' } as const;
    client.tell('job', jobOf(3, { kind: 'map', state: 'failed', run: 1, error }));
    expect(noticed()).toEqual(['The map broke.']);
    expect(app.runs.shown).toMatchObject({ map: 'latest' });
  });

  it('of a comparison is that it is read', async () => {
    app.comparison.show({ run: 1 }, { run: 2 });
    client.tell('job', jobOf(3, { kind: 'compare', state: 'done', result: {} }));
    await expect.poll(() => client.inputsOf('comparison.withMaps')).toHaveLength(1);
  });

  it('of a scan is that the library is read again, cancelled or not', async () => {
    const reads = client.inputsOf('library.samples').length;
    client.tell('job', jobOf(3, { kind: 'scan', state: 'cancelled' }));
    await expect.poll(() => client.inputsOf('library.samples').length).toBe(reads + 1);
  });
});
