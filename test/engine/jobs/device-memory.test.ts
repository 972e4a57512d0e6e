import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deviceNames } from '../../../src-main/engine/devices/choose-device.ts';
import { rememberDevices, knownDevices } from '../../../src-main/engine/devices/known-devices.ts';
import { emojiFolder, openTestEngine } from '../../contract/engine-shells.ts';
import type { TestEngine } from '../../contract/engine-shells.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { written } from '../encoders/loaded/encoder-jobs.ts';
import { convModel } from '../encoders/loaded/test-models.ts';

let test: TestEngine;

beforeAll(async () => {
  test = await openTestEngine();
  await test.engine.call('library.open', { file: join(test.dataFolder, 'emoji.sqlite') });
  await runToState(test.engine, 'scan', { folder: emojiFolder });
});

afterAll(() => test.close());

it('a job finds out what the devices can do, and the jobs after it know', async () => {
  expect(knownDevices()).toBeNull();
  const path = written(convModel, 'little.onnx');
  await expect(runToState(test.engine, 'addEncoder', { path })).resolves.toMatchObject({
    state: 'done',
  });
  expect(knownDevices()?.map(({ name }) => name)).toEqual(deviceNames);

  // A thread that tried them again would find the processor at least.
  rememberDevices([]);
  const input = { encoder: 'head', on: 'pixels', views: 2, epochs: 1, batch: 32 } as const;
  const { state, error } = await runToState(test.engine, 'train', input);
  expect(state).toBe('failed');
  expect(error).toMatchObject({ code: 'device-unavailable' });
});
