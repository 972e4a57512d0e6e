import { once } from 'node:events';
import { fromErrorReport } from '../../contract/errors/errors.ts';
import { startAddonWorker } from '../threads/addon-workers.ts';
import { workerEntry } from '../threads/worker-entry.ts';
import type { BackupAnswer } from './backup.worker.ts';
import { writeBackup } from './write-backup.ts';
import type { BackupTask } from './write-backup.ts';

/** A sitting is over when nobody has changed anything for so long. */
const restMs = 5 * 60_000;
/** A sitting that does not end is backed up in between. */
const longestMs = 30 * 60_000;

interface BackupKeeperOptions {
  readonly libraryFile: string;
  /** The folder of this library's backups. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Runs what no caller waits for, and tells clients of its failure. */
  readonly guard: (work: () => void) => void;
}

/** Backs an open library up after every sitting, and when it is closed. */
export class BackupKeeper {
  readonly #options: BackupKeeperOptions;
  #timer: NodeJS.Timeout | null = null;
  /** When the first change was made that no backup holds; null where there is none. */
  #changedAt: number | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: BackupKeeperOptions) {
    this.#options = options;
    // The last sitting may have ended with the process: a backup is written where it differs.
    this.#wait(restMs);
  }

  /** Notes that something was changed which no computation brings back. */
  noteChange(): void {
    const now = this.#options.now();
    this.#changedAt ??= now;
    // A clock that is set back makes the wait longer, never negative.
    const left = this.#changedAt + longestMs - now;
    this.#wait(Math.max(0, Math.min(restMs, left)));
  }

  /** Writes a backup now, in a thread. @throws EngineError as writeBackup */
  async write(): Promise<void> {
    this.#changedAt = null;
    const worker = startAddonWorker(workerEntry('backups/backup.worker'), this.#task());
    const [answer] = (await once(worker, 'message')) as [BackupAnswer];
    if (answer !== null) throw fromErrorReport(answer);
  }

  /** Writes a last backup where something was changed. */
  async end(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#writing;
    if (this.#changedAt !== null) this.#options.guard(() => void writeBackup(this.#task()));
  }

  #wait(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#writing = this.write().catch((error: unknown) =>
        this.#options.guard(() => {
          throw error;
        }),
      );
    }, ms).unref();
  }

  #task(): BackupTask {
    const { libraryFile, folder, now } = this.#options;
    return { libraryFile, folder, madeAt: now() };
  }
}
