import { setImmediate } from 'node:timers/promises';
import { importInput } from '../../src-main/contract/imports.ts';
import { runImportJob } from '../../src-main/engine/exchange/import/import-job.ts';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { testContext } from '../engine/training/job-contexts.ts';

// An import in a process of its own, whose memory is that of nothing else. Arguments: library, file.
const [library = '', file = ''] = process.argv.slice(2);
const opened = openLibrary(library, { mode: 'write', now: Date.now });
const context = {
  ...testContext({ library: opened, job: 1 }),
  yieldToEvents: () => setImmediate(),
};
const { vectors, seconds } = await runImportJob(context, importInput.parse({ files: [file] }));
opened.close();
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ vectors, seconds, megabytes }));
