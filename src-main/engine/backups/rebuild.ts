import { embedInput } from '../../contract/runs.ts';
import { scanInput } from '../../contract/library.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { isFolderThere } from '../pictures/gone-folders.ts';
import { hasEmbeddings } from '../store/embeddings.ts';
import { listFolders } from '../store/folders.ts';
import type { Library } from '../store/library-file.ts';
import { listRuns } from '../store/runs.ts';

/**
 * Queues what brings a restored library back: a scan of each folder that is there, and then the
 * embeddings of the encoders that need no training. Trained runs keep their settings and scores; they are
 * trained again by whoever wants their vectors.
 */
export function rebuild({ library, jobs }: { library: Library; jobs: JobQueue }): void {
  for (const { path } of listFolders(library).filter((folder) => isFolderThere(folder.path))) {
    jobs.start('scan', scanInput.parse({ folder: path }));
  }
  for (const run of listRuns(library)) {
    const isWithout = run.weightsHash !== null && !hasEmbeddings(library, run.weightsHash, 'h');
    if (run.kind !== 'loaded' || run.archived || !isWithout) continue;
    jobs.start('embed', embedInput.parse({ encoder: run.id }));
  }
}
