import { workerEntry } from '../threads/worker-entry.ts';
import type { SelfTest } from './device-self-test.ts';
import { runApart } from './run-apart.ts';

/** Runs a device's self-test where a crash does least harm. Never rejects: a failure is a result. */
export function probeDevice(device: string, environment: NodeJS.ProcessEnv = process.env) {
  return runApart<{ readonly selfTest: SelfTest }>({
    entry: workerEntry('devices/device-probe-entry'),
    words: [device],
    name: 'its self-test',
    limitMs: 60_000,
    environment,
  });
}
