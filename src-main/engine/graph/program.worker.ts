import { parentPort, workerData } from 'node:worker_threads';
import { endRequest } from '../threads/addon-workers.ts';
import type { NamedArray } from './program.ts';
import { openedReply } from './program-messages.ts';
import type { RunReply, RunRequest, ThreadedProgram } from './program-messages.ts';
import { openTraced } from './traced-program.ts';

const threaded = workerData as ThreadedProgram;
const opened = openTraced(threaded, threaded, 'cpu', { provider: 'cpu', threads: 1 });

async function reply(id: number, work: () => Promise<Record<string, NamedArray>>): Promise<void> {
  try {
    const outputs = await work();
    parentPort?.postMessage({ id, outputs } satisfies RunReply);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    parentPort?.postMessage({ id, error: message } satisfies RunReply);
  }
}

/** The last of the replies; each waits for the one before. */
let last = reply(openedReply, async () => {
  await opened;
  return {};
});

async function end(): Promise<void> {
  await last;
  const program = await opened.catch(() => null);
  await program?.dispose();
  parentPort?.close();
}

parentPort?.on('message', (asked: RunRequest | typeof endRequest) => {
  if (asked === endRequest) void end();
  else last = last.then(() => reply(asked.id, async () => (await opened).run(asked.feeds)));
});
