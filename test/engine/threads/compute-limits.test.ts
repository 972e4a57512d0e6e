import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import * as ort from 'onnxruntime-node';
import { afterEach, expect, it } from 'vitest';
import { chooseDevice } from '../../../src-main/engine/devices/choose-device.ts';
import { preferDevice } from '../../../src-main/engine/devices/preferred-device.ts';
import { gemmModel } from '../../../src-main/engine/numeric/gemm-model.ts';
import {
  limitThreads,
  sessionThreads,
  usableThreads,
} from '../../../src-main/engine/threads/compute-limits.ts';

afterEach(() => {
  limitThreads(null);
  preferDevice('auto');
});

async function seenByInnerThread(): Promise<unknown> {
  const outer = new Worker(new URL('limited-thread.ts', import.meta.url));
  const [seen] = (await once(outer, 'message')) as [unknown];
  await outer.terminate();
  return seen;
}

it('reach the threads that a thread starts', async () => {
  expect(await seenByInnerThread()).toEqual([
    availableParallelism(),
    {},
    { intraOpNumThreads: 2 },
    null,
  ]);
  limitThreads(1);
  preferDevice('cpu');
  expect(await seenByInnerThread()).toEqual([
    1,
    { intraOpNumThreads: 1 },
    { intraOpNumThreads: 1 },
    'cpu',
  ]);
});

it('never ask for more threads than there are cores, where work is dealt out', () => {
  limitThreads(1000);
  expect(usableThreads()).toBe(availableParallelism());
});

it.runIf(process.platform === 'linux')('hold for the threads of ONNX Runtime', async () => {
  const before = (): number => readdirSync('/proc/self/task').length;
  const startedBy = async (most: number): Promise<number> => {
    limitThreads(most);
    const threads = before();
    const session = await ort.InferenceSession.create(gemmModel(), sessionThreads());
    const started = before() - threads;
    await session.release();
    return started;
  };
  // The first session starts ONNX Runtime's own threads, too; the calling thread computes as well.
  await startedBy(1);
  expect(await startedBy(1)).toBe(0);
  expect(await startedBy(4)).toBe(3);
});

it('a preferred processor is what “auto” means, without a try of other devices', async () => {
  preferDevice('cpu');
  expect(await chooseDevice('auto')).toEqual({
    device: 'cpu',
    reason: 'The processor is preferred.',
  });
});
