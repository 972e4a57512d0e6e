import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { SampleColumns } from '../../contract/library.ts';
import { Calibrations } from '../explain/suspicion/calibrations.ts';
import { EmbeddingCache } from '../neighbours/embedding-cache.ts';
import { JobQueue } from '../jobs/job-queue.ts';
import type { JobQueueOptions } from '../jobs/job-queue.ts';
import type { EmbeddedLibrary } from '../neighbours/embedded-library.ts';
import { listFolders } from '../store/folders.ts';
import { isEmptyLibrary } from '../store/is-empty.ts';
import { openLibrary } from '../store/library-file.ts';
import type { Library } from '../store/library-file.ts';
import { workerEntry } from '../threads/worker-entry.ts';
import { countLibrary } from '../store/library-counts.ts';
import type { LibraryCounts } from '../store/library-counts.ts';
import { presentSamples } from '../store/samples.ts';

interface SessionOptions extends Omit<JobQueueOptions, 'library' | 'worker'> {
  readonly now: () => number;
  /** False where the library is only read, beside another process that may hold it. */
  readonly isWriter: boolean;
  /** Called before a library of an older version is changed to the present one. */
  readonly beforeMigration: () => void;
}

/** An open library: its connection, its jobs, and its caches. */
export class LibrarySession implements EmbeddedLibrary {
  readonly library: Library;
  readonly jobs: JobQueue;
  readonly embeddings: EmbeddingCache;
  readonly calibrations = new Calibrations();
  /** Whether this session made the file. */
  readonly isNew: boolean;
  /** Whether a scan of this session found no picture that can be used. */
  foundNothing = false;
  #samples: SampleColumns | null = null;
  #counts: { readonly of: LibraryCounts; readonly mark: string } | null = null;

  /** @throws EngineError library-unreadable, library-damaged, library-newer, library-in-use */
  constructor(file: string, { now, isWriter, beforeMigration, ...options }: SessionOptions) {
    this.isNew = isWriter && !existsSync(file);
    const mode = isWriter ? 'write' : 'read';
    this.library = openLibrary(file, { mode, now, beforeMigration });
    try {
      this.jobs = new JobQueue({
        library: this.library,
        worker: workerEntry('job-worker/job.worker'),
        ...options,
      });
    } catch (error) {
      // A damaged library that stays locked could not be restored.
      this.library.close();
      throw error;
    }
    this.embeddings = new EmbeddingCache(this.library);
  }

  /** The name of the picture folder or, before the first scan, of the library file. */
  name(): string {
    const [folder] = listFolders(this.library);
    return folder ? basename(folder.path) : basename(this.library.file, extname(this.library.file));
  }

  get isWriter(): boolean {
    return this.library.mode === 'write';
  }

  /** All present pictures. */
  samples(): SampleColumns {
    return (this.#samples ??= presentSamples(this.library));
  }

  /** What the library holds, counted again where it has changed. */
  counts(): LibraryCounts {
    const mark = this.library.changeMark();
    if (this.#counts?.mark !== mark) this.#counts = { of: countLibrary(this.library), mark };
    return this.#counts.of;
  }

  /** Drops the cached pictures after new labels; embeddings do not depend on these. */
  forgetLabels(): void {
    this.#samples = null;
  }

  /** Drops the cached pictures and embeddings after a scan. */
  forgetSamples(): void {
    this.#samples = null;
    this.embeddings.clear();
  }

  /** Whether nobody would miss the file: this session made it, and it is as empty as it was then. */
  get isStillEmpty(): boolean {
    return this.isNew && isEmptyLibrary(this.library);
  }

  /**
   * Stops the jobs, which are resumed at the next start, and closes the file. One that a scan made, and
   * found nothing for, is deleted; with `leavesNoEmpty` any that this session made and nothing is in.
   */
  async close(leavesNoEmpty: boolean): Promise<void> {
    let isDiscarded = false;
    try {
      await this.jobs.close();
      isDiscarded = this.isStillEmpty && (leavesNoEmpty || this.foundNothing);
    } finally {
      if (isDiscarded) this.library.discard();
      else this.library.close();
    }
  }
}
