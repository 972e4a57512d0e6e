import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { preferredDevice } from '../../../src-main/engine/devices/preferred-device.ts';
import { sessionThreads, usableThreads } from '../../../src-main/engine/threads/compute-limits.ts';

/** A thread of a test: tells the limits that it sees, or passes on those of a thread that it starts. */
if (!isMainThread && parentPort) {
  const port = parentPort;
  if (workerData === 'inner') {
    port.postMessage([usableThreads(), sessionThreads(), sessionThreads(2), preferredDevice()]);
  } else {
    const inner = new Worker(new URL(import.meta.url), { workerData: 'inner' });
    inner.once('message', (message) => port.postMessage(message));
  }
}
