import { Worker } from 'node:worker_threads';

/** The message that ends such a thread: it finishes its current work and closes its port. */
export const endRequest = 'end';

/** The running threads. */
const running = new Map<Worker, Promise<unknown>>();

/**
 * Starts a thread that loads native add-ons. `terminate()` during the loading of an add-on ends the
 * whole process (its C++ code throws where nothing catches), and so does the end of the thread that
 * started it. `endAddonWorker` and `endAddonWorkers` therefore ask the thread to end.
 * @param entry by `workerEntry`
 */
export function startAddonWorker(entry: URL, workerData: unknown): Worker {
  const worker = new Worker(entry, { workerData });
  // `once()` would reject where the thread fails.
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

/** Ends all such threads that this thread started; must be awaited before this thread exits. */
export async function endAddonWorkers(): Promise<void> {
  await Promise.all([...running.keys()].map(endAddonWorker));
}
