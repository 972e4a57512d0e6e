import { Worker } from 'node:worker_threads';

/** What ends such a thread: it finishes what it has in hand, and closes its port. */
export const endRequest = 'end';

/** Each until its end. */
const running = new Map<Worker, Promise<unknown>>();

/**
 * Starts a thread that loads native add-ons. `terminate()` would take the whole process with it
 * where it comes while one is loading (their C++ throws where nobody catches), and so would the end
 * of the thread that started it: `endAddonWorker` and `endAddonWorkers` ask the thread to end.
 * @param entry by `workerEntry`
 */
export function startAddonWorker(entry: URL, workerData: unknown): Worker {
  const worker = new Worker(entry, { workerData });
  // Not once(): that would reject where the thread fails.
  const exited = new Promise((resolve) => worker.on('exit', resolve));
  running.set(worker, exited);
  void exited.then(() => running.delete(worker));
  return worker;
}

/** Resolves once the thread has ended; never rejects. */
export async function endAddonWorker(worker: Worker): Promise<void> {
  worker.postMessage(endRequest);
  await running.get(worker);
}

/** Ends all such threads that this thread started: to be awaited before it exits. */
export async function endAddonWorkers(): Promise<void> {
  await Promise.all([...running.keys()].map(endAddonWorker));
}
