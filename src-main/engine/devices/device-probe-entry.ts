import { parentPort, workerData } from 'node:worker_threads';
import { toErrorReport } from '../../contract/errors/errors.ts';
import type { ErrorReport } from '../../contract/errors/errors.ts';
import { selfTestDevice } from './device-self-test.ts';
import type { SelfTest } from './device-self-test.ts';

export type ProbeResult = { readonly selfTest: SelfTest } | { readonly error: ErrorReport };

/**
 * Entry of a process (with the device as first argument) or of a worker thread (with the device as its
 * data).
 */
async function probe(device: string): Promise<ProbeResult> {
  try {
    return { selfTest: await selfTestDevice(device) };
  } catch (error) {
    return { error: toErrorReport(error) };
  }
}

if (parentPort) parentPort.postMessage(await probe(String(workerData)));
else process.send?.(await probe(process.argv[2] ?? ''), () => process.exit(0));
