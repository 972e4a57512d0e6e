import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { workerEntry } from '../threads/worker-entry.ts';
import type { ProbeResult } from './device-probe-entry.ts';

const limitMs = 60_000;

interface Probe {
  on(event: 'message' | 'error' | 'exit', listener: (value: unknown) => void): unknown;
  stop(): void;
}

/** A separate process, because a missing or broken driver can end the process that uses it. */
function inProcess(device: string, environment: NodeJS.ProcessEnv): Probe {
  const child = fork(fileURLToPath(workerEntry('devices/device-probe-entry')), [device], {
    env: environment,
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return { on: child.on.bind(child), stop: () => child.kill('SIGKILL') };
}

/** The desktop app's fuses forbid running it as Node, so there a thread is used. */
function inThread(device: string): Probe {
  const worker = new Worker(workerEntry('devices/device-probe-entry'), { workerData: device });
  return { on: worker.on.bind(worker), stop: () => void worker.terminate() };
}

/** Runs a device's self-test where a crash does least harm. Never rejects: a failure is a result. */
export function probeDevice(
  device: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const probe = process.versions['electron'] ? inThread(device) : inProcess(device, environment);
    const fail = (message: string): void => {
      resolve({ error: { code: 'device-unavailable', message } });
    };
    const timer = setTimeout(() => {
      probe.stop();
      fail(`its self-test did not end within ${limitMs / 1000} seconds`);
    }, limitMs);
    probe.on('message', (message) => resolve(message as ProbeResult));
    probe.on('error', (error) => fail(error instanceof Error ? error.message : String(error)));
    probe.on('exit', (code) => {
      clearTimeout(timer);
      fail(`its self-test ended with exit code ${String(code)}`);
    });
  });
}
