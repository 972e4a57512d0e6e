import { scanFolder } from './scan-folder.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { usableThreads } from '../threads/compute-limits.ts';

/** Adds a folder's pictures to the library. */
export const runScanJob: JobRunner<'scan'> = async (context, { folder, labels, takesJunk }) => {
  const { library, signal, now } = context;
  const { filesRead, ...result } = await scanFolder({
    library,
    folder,
    labels,
    takesJunk,
    signal,
    now,
    workers: usableThreads(),
    onProgress: ({ done, total, path, skipped }) =>
      context.report({
        progress: total === 0 ? 1 : done / total,
        message: path === '' ? 'Nothing has changed' : path,
        phase: 'Reading pictures',
        detail: { done, total, skipped },
      }),
  });
  context.report({
    progress: 1,
    message: `${result.images} pictures`,
    detail: { filesRead, skipped: result.skipped.length },
  });
  return result;
};
