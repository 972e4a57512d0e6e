import { afterAll, beforeAll, expect, it } from 'vitest';
import { methods } from '../../src-main/contract/methods.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../src-main/contract/methods.ts';
import { emojiFolder, openTestEngine } from './engine-shells.ts';
import type { TestEngine } from './engine-shells.ts';
import { addRawPixelRun } from './raw-pixel-run.ts';
import { runToState } from './wait-for-job.ts';

let test: TestEngine;
let events = 0;

async function ask<M extends MethodName>(
  method: M,
  input: MethodInput<M>,
): Promise<MethodOutput<M>> {
  const output = await test.engine.call(method, input);
  expect(methods[method].output.safeParse(output).error).toBeUndefined();
  return output;
}

async function list(wanted: MethodInput<'runs.list'> = {}): Promise<string[]> {
  return (await ask('runs.list', wanted)).map(({ name }) => name);
}

beforeAll(async () => {
  test = await openTestEngine();
  test.engine.on('runCare', () => (events += 1));
  const { file } = await ask('library.open', { folder: emojiFolder });
  await runToState(test.engine, 'scan', { folder: emojiFolder });
  await addRawPixelRun(file!, emojiFolder);
  await runToState(test.engine, 'embed', { encoder: 'pixels', name: 'twin' });
});

afterAll(() => test.close());

it('renames and tags a run, and sends an event', async () => {
  const changes = { name: 'other', addTags: ['b', 'a'] };
  const changed = await ask('runs.update', { run: 'twin', ...changes });
  expect(changed).toMatchObject({ name: 'other', tags: ['a', 'b'], note: '', embedded: true });
  expect(events).toBe(1);
  const taken = test.engine.call('runs.update', { run: 'other', name: 'raw pixels' });
  await expect(taken).rejects.toMatchObject({
    code: 'bad-argument',
    message: 'This library has a run named "raw pixels" already; choose another name.',
  });
});

it('archives a run out of the list and back', async () => {
  await ask('runs.update', { run: 'other', archived: true });
  expect(await list()).toEqual(['raw pixels']);
  expect(await list({ archived: true })).toEqual(['raw pixels', 'other']);
  await ask('runs.update', { run: 'other', archived: false });
  expect(await list()).toEqual(['raw pixels', 'other']);
});

it('deletes a run, which no method finds then, and restores it', async () => {
  const { deleted } = await ask('runs.delete', { run: 'other' });
  expect(Date.parse(deleted ?? '')).toBeGreaterThan(0);
  expect(await list({ archived: true })).toEqual(['raw pixels']);
  expect(await list({ deleted: true })).toEqual(['raw pixels', 'other']);
  for (const started of [
    test.engine.call('jobs.start', { kind: 'map', input: { run: 'other' } }),
    test.engine.call('runs.update', { run: 'other', note: 'x' }),
    test.engine.call('runs.history', { run: 'other' }),
    test.engine.call('comparison.withMaps', { a: { run: 'other' }, b: { run: 1 } }),
  ]) {
    await expect(started).rejects.toMatchObject({
      code: 'not-found',
      message: 'The run "other" was deleted; restore it (it is run 2) to use it again.',
    });
  }
  expect(await ask('runs.restore', { run: 'other' })).toMatchObject({ deleted: null });
  expect(await list()).toEqual(['raw pixels', 'other']);
});

it('purges by a job that clients can follow', async () => {
  await ask('runs.delete', { run: 'other' });
  const { result, title } = await runToState(test.engine, 'purge', { runs: ['other'] });
  expect(result).toMatchObject({ runs: 1, kept: [] });
  expect(title).toBe('Delete other for good');
  expect(await list({ deleted: true })).toEqual(['raw pixels']);
});
