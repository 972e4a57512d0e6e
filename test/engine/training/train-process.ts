import { trainInput } from '../../../src-main/contract/runs.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { testContext } from './job-contexts.ts';

// A process to be killed: trains job 1 of a library, as the JSON says, and reports each step on standard output.
const library = openLibrary(process.argv[2] ?? '', { mode: 'write', now: Date.now });
const onReport = ({ detail }: { detail?: Readonly<Record<string, number | string>> }) => {
  if (detail) process.stdout.write(`step ${detail['step'] ?? 0}\n`);
};
// Between steps the thread must come to rest, or nothing is written before the end.
const context = {
  ...testContext({ library, job: 1, onReport }),
  yieldToEvents: () => new Promise<void>((resolve) => setTimeout(resolve, 5)),
};
await runTrainJob(context, trainInput.parse(JSON.parse(process.argv[3] ?? '')));
