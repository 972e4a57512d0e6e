import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { JobStatus } from '../../../src-main/contract/jobs.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { runToState, waitForState } from '../../contract/wait-for-job.ts';
import { scannedLibraryFile } from '../../libraries/scanned-library.ts';

async function openEngine(mapsEmbeddings: boolean, made?: string): Promise<Engine> {
  const file = made ?? (await scannedLibraryFile(['animal-bird', 'food-fruit']));
  const folder = dirname(file);
  const folders = { dataFolder: folder, modelFolder: folder, workingFolder: folder };
  const engine = createEngine({ ...folders, now: () => Date.now(), mapsEmbeddings });
  onTestFinished(() => engine.close());
  await engine.call('library.open', { file });
  return engine;
}

async function mapJobs(engine: Engine): Promise<JobStatus[]> {
  const jobs = await engine.call('jobs.list', {});
  return jobs.filter(({ kind }) => kind === 'map');
}

async function isMapped(engine: Engine, name: string): Promise<boolean | undefined> {
  return (await engine.call('runs.list', {})).find((run) => run.name === name)?.mapped;
}

test('a run that was embedded gets its map, without anybody looking on, once', async () => {
  const engine = await openEngine(true);
  await runToState(engine, 'embed', { encoder: 'pixels', name: 'pixels' });
  const [map, ...more] = await mapJobs(engine);
  expect(more).toEqual([]);
  expect(map?.title).toBe('Map of pixels');
  await waitForState(engine, map?.job ?? 0);
  expect(await isMapped(engine, 'pixels')).toBe(true);
  // Embedded again, it has its map already.
  await runToState(engine, 'embed', { encoder: 'pixels', name: 'pixels' });
  expect(await mapJobs(engine)).toHaveLength(1);
});

test('a map that was asked for already is not asked for again', async () => {
  const former = await openEngine(false);
  await runToState(former, 'embed', { encoder: 'pixels', name: 'pixels' });
  const { file } = await former.call('library.status', {});
  await former.close();
  const engine = await openEngine(true, file ?? undefined);
  const again = { encoder: 'pixels', name: 'pixels' } as const;
  const { job: embedding } = await engine.call('jobs.start', { kind: 'embed', input: again });
  const { job } = await engine.call('jobs.start', { kind: 'map', input: { run: 'pixels' } });
  await waitForState(engine, embedding);
  expect(await mapJobs(engine)).toHaveLength(1);
  expect(await waitForState(engine, job)).toMatchObject({ state: 'done' });
});

test('a map of a run whose name is this one’s number is another map', async () => {
  const former = await openEngine(false);
  await runToState(former, 'embed', { encoder: 'pixels', name: 'pixels' });
  await runToState(former, 'embed', { encoder: 'hog', name: '1' });
  const runs = await former.call('runs.list', {});
  expect(runs.map(({ run, name }) => [run, name])).toContainEqual([1, 'pixels']);
  const { file } = await former.call('library.status', {});
  await former.close();
  const engine = await openEngine(true, file ?? undefined);
  const again = { encoder: 'pixels', name: 'pixels' } as const;
  const { job: embedding } = await engine.call('jobs.start', { kind: 'embed', input: again });
  await engine.call('jobs.start', { kind: 'map', input: { run: '1' } });
  await waitForState(engine, embedding);
  const titles = (await mapJobs(engine)).map(({ title }) => title);
  expect(titles).toEqual(['Map of pixels', 'Map of 1']);
});

test('an engine for one command makes no map unasked', async () => {
  const engine = await openEngine(false);
  await runToState(engine, 'embed', { encoder: 'pixels', name: 'pixels' });
  expect(await mapJobs(engine)).toEqual([]);
  expect(await isMapped(engine, 'pixels')).toBe(false);
});
