import { basename, extname } from 'node:path';
import type { SampleColumns } from '../../contract/library.ts';
import { EmbeddingCache } from '../neighbours/embedding-cache.ts';
import { JobQueue } from '../jobs/job-queue.ts';
import type { JobQueueOptions } from '../jobs/job-queue.ts';
import type { EmbeddedLibrary } from '../neighbours/embedded-library.ts';
import { listFolders } from '../store/folders.ts';
import { openLibrary } from '../store/library-file.ts';
import type { Library } from '../store/library-file.ts';
import { workerEntry } from '../threads/worker-entry.ts';
import { presentSamples } from '../store/samples.ts';

interface SessionOptions extends Omit<JobQueueOptions, 'library' | 'worker'> {
  readonly now: () => number;
  /** False only reads the library, beside another process that may hold it. */
  readonly isWriter: boolean;
}

/** A library while it is open: its connection, its jobs, and what is kept in memory of it. */
export class LibrarySession implements EmbeddedLibrary {
  readonly library: Library;
  readonly jobs: JobQueue;
  readonly embeddings: EmbeddingCache;
  #samples: SampleColumns | null = null;

  /** @throws EngineError library-unreadable, library-newer, library-in-use */
  constructor(file: string, { now, isWriter, ...options }: SessionOptions) {
    this.library = openLibrary(file, { mode: isWriter ? 'write' : 'read', now });
    this.jobs = new JobQueue({
      library: this.library,
      worker: workerEntry('job-worker/job.worker'),
      ...options,
    });
    this.embeddings = new EmbeddingCache(this.library);
  }

  /** The picture folder's name or, before the first scan, the library file's. */
  name(): string {
    const [folder] = listFolders(this.library);
    return folder ? basename(folder.path) : basename(this.library.file, extname(this.library.file));
  }

  get isWriter(): boolean {
    return this.library.mode === 'write';
  }

  /** Every present picture. */
  samples(): SampleColumns {
    return (this.#samples ??= presentSamples(this.library));
  }

  /** Forgets what was read of the pictures, after a scan or new labels. */
  forgetSamples(): void {
    this.#samples = null;
    this.embeddings.clear();
  }

  /** Stops the jobs, which are resumed at the next start, and lets the file go. */
  async close(): Promise<void> {
    await this.jobs.close();
    this.library.close();
  }
}
