import { parentPort, workerData } from 'node:worker_threads';
import { toErrorReport } from '../../contract/errors/errors.ts';
import { jobKinds } from '../../contract/jobs.ts';
import { endAddonWorkers } from '../threads/addon-workers.ts';
import { rememberDevices, knownDevices } from '../devices/known-devices.ts';
import { openLibrary } from '../store/library-file.ts';
import type { JobMessage, JobTask } from '../jobs/job-message.ts';
import { jobRunners } from './job-runners.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { WorkerContext } from './worker-context.ts';

if (parentPort === null) throw new Error('A job runs in a worker thread.');
const port = parentPort;
const task = workerData as JobTask;
if (task.devices !== null) rememberDevices(task.devices);
const now = (): number => Date.now();
const library = openLibrary(task.libraryFile, { mode: 'worker', now });
const context = new WorkerContext({ ...task, library, port, now, stop: () => void endThread() });

/** Work that the job still does meanwhile fails because its library is closed, and so leaves no trace. */
async function endThread(): Promise<never> {
  library.close();
  await endAddonWorkers();
  process.exit(0);
}

async function outcome(): Promise<JobMessage> {
  try {
    const run = (await jobRunners[task.kind]()) as JobRunner<JobTask['kind']>;
    // The job may come from an older version, which had fewer fields.
    const input = jobKinds[task.kind].input.parse(task.input);
    return { type: 'done', result: await run(context, input) };
  } catch (error) {
    return { type: 'failed', error: toErrorReport(error) };
  }
}

const ended = await outcome();
const devices = knownDevices();
if (task.devices === null && devices !== null) {
  port.postMessage({ type: 'devices', devices } satisfies JobMessage);
}
port.postMessage(ended);
library.close();
port.close();
