import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { latestCheckpoint, listCheckpoints } from '../../../src-main/engine/store/checkpoints.ts';
import { readHistory } from '../../../src-main/engine/store/history.ts';
import { findRun, listRuns, updateRun } from '../../../src-main/engine/store/runs.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { rememberDevice } from '../devices/remembered-device.ts';
import { smallTraining, testContext } from './job-contexts.ts';

const device = 'tfjs-cpu';
const head: TrainInput = {
  ...smallTraining,
  ...{ encoder: 'head', on: 'pixels', size: undefined, batch: 12, epochs: 2, device: 'auto' },
};

const folders = ['animal-bird', 'clothing'];

/** Imitates a device without memory: tfjs' own backend throws at each product of matrices while it is so. */
function failingBackend(isFailing: () => boolean): void {
  const kernel = tf.getKernel('BatchMatMul', 'cpu');
  const put = (wanted: typeof kernel): void => {
    tf.unregisterKernel('BatchMatMul', 'cpu');
    tf.registerKernel(wanted);
  };
  put({
    ...kernel,
    kernelFunc: (call) => {
      if (isFailing()) throw new Error('ResourceExhausted: out of memory.\n  at a driver');
      return kernel.kernelFunc(call);
    },
  });
  onTestFinished(() => put(kernel));
}

/** Trains a head on an imitated failing device, which fails from a message of the job on. */
async function trainFailing(failsAt: RegExp, input: TrainInput) {
  const library = await scannedLibrary(folders);
  let isFailing = false;
  rememberDevice(device);
  failingBackend(() => isFailing);
  const messages: string[] = [];
  const context = testContext({
    ...{ library, job: 1 },
    onReport: ({ message }) => {
      messages.push(message);
      isFailing ||= failsAt.test(message);
    },
  });
  const repair = (): void => {
    isFailing = false;
  };
  return { library, messages, repair, result: runTrainJob(context, input) };
}

describe('a training whose device fails (the failing device is imitated)', () => {
  it('goes on on the processor from its last checkpoint, to the same bits, and says so', async () => {
    const { library, messages, repair, result } = await trainFailing(/^Epoch 2/, head);
    const { run: id, device: used } = await result;
    expect(used).toBe('cpu');
    const run = findRun(library, id);
    const sentence =
      'The device tfjs-cpu failed (ResourceExhausted: out of memory); the processor trained this run from epoch 2 on.';
    expect(run).toMatchObject({ state: 'done', device: 'cpu', note: sentence });
    expect(messages.filter((message) => message === sentence)).toHaveLength(1);
    expect(listCheckpoints(library, id).map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect([...readHistory(library, id).steps]).toEqual([1, 2, 3, 4]);

    // The same training, killed on the device after its first epoch and continued on the processor.
    const other = await scannedLibrary(folders);
    const killed = testContext({
      ...{ library: other, job: 1 },
      onReport: ({ message }) => {
        if (message.startsWith('Epoch 2')) throw new Error('killed');
      },
    });
    repair();
    await expect(runTrainJob(killed, head)).rejects.toThrow('killed');
    const [begun] = listRuns(other);
    expect(latestCheckpoint(other, begun!.id)?.epoch).toBe(1);
    expect(begun?.device).toBe(device);
    updateRun(other, begun!.id, { device: 'cpu' });
    await runTrainJob(testContext({ library: other, job: 1 }), head);
    expect(findRun(other, begun!.id).weightsHash).toBe(run.weightsHash);
  });

  it('begins on the processor where there is no checkpoint, to the bits of one trained there', async () => {
    const { library, result } = await trainFailing(/^Epoch 1/, head);
    const { run: id } = await result;
    expect(findRun(library, id).note).toMatch(/the processor trained this run from its start\.$/);
    const other = await scannedLibrary(folders);
    const context = testContext({ library: other, job: 1 });
    const { run } = await runTrainJob(context, { ...head, device: 'cpu' });
    expect(findRun(library, id).weightsHash).toBe(findRun(other, run).weightsHash);
  });

  it('fails, with what to do, where the device was asked for by name', async () => {
    const { library, result } = await trainFailing(/^Epoch 2/, { ...head, device });
    await expect(result).rejects.toMatchObject({
      code: 'device-unavailable',
      message:
        'The device tfjs-cpu failed: ResourceExhausted: out of memory. Choose the device cpu; a training whose device is auto goes on there by itself.',
    });
    expect(listRuns(library)[0]).toMatchObject({ state: 'failed', device, note: '' });
  });
});
