import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ErrorReport } from '../../contract/errors/errors.ts';

interface Apart {
  on(event: 'message' | 'error' | 'exit', listener: (value: unknown) => void): unknown;
  stop(): void;
}

/** Work on a device that is done where a crash does least harm. */
export interface ApartWork {
  /** An entry that sends its answer or an error as its only message. */
  readonly entry: URL;
  /** What the entry is told. */
  readonly words: readonly string[];
  /** What it is, to say of it that it did not end: `its self-test`. */
  readonly name: string;
  readonly limitMs: number;
  readonly environment?: NodeJS.ProcessEnv;
}

/** A separate process, because a missing or broken driver can end the process that uses it. */
function inProcess({ entry, words, environment = process.env }: ApartWork): Apart {
  const child = fork(fileURLToPath(entry), words, {
    env: environment,
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return { on: child.on.bind(child), stop: () => child.kill('SIGKILL') };
}

/** The desktop app's fuses forbid running it as Node, so there a thread is used. */
function inThread({ entry, words }: ApartWork): Apart {
  const worker = new Worker(entry, { workerData: words });
  return { on: worker.on.bind(worker), stop: () => void worker.terminate() };
}

/** The answer of work that is done apart. Never rejects: a failure is an answer. */
export function runApart<Answer>(
  work: ApartWork,
): Promise<Answer | { readonly error: ErrorReport }> {
  return new Promise((resolve) => {
    const apart = process.versions['electron'] ? inThread(work) : inProcess(work);
    const fail = (message: string): void => {
      resolve({ error: { code: 'device-unavailable', message } });
    };
    const timer = setTimeout(() => {
      apart.stop();
      fail(`${work.name} did not end within ${work.limitMs / 1000} seconds`);
    }, work.limitMs);
    apart.on('message', (message) => resolve(message as Answer | { readonly error: ErrorReport }));
    apart.on('error', (error) => fail(error instanceof Error ? error.message : String(error)));
    apart.on('exit', (code) => {
      clearTimeout(timer);
      fail(`${work.name} ended with exit code ${String(code)}`);
    });
  });
}
