import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EngineError } from '../../contract/errors/errors.ts';
import type { JobStatus } from '../../contract/jobs.ts';
import { backupFolder } from '../backups/backup-files.ts';
import { BackupKeeper } from '../backups/backup-keeper.ts';
import { writeBackup } from '../backups/write-backup.ts';
import { movedToOf } from '../pictures/move-folder.ts';
import { enterFirstFolder } from '../store/folders.ts';
import { damagedLibrary } from './damaged-library.ts';
import type { EngineEvents } from './engine-events.ts';
import { rememberLibrary } from './recent-libraries.ts';
import { LibrarySession } from './library-session.ts';
import { queueMapAfter } from './map-after-embedding.ts';

interface OpenLibrariesOptions {
  readonly dataFolder: string;
  readonly libraryFolder: string | null;
  readonly modelFolder: string;
  readonly now: () => number;
  readonly isWriter: boolean;
  readonly resumesJobs: boolean;
  readonly mapsEmbeddings: boolean;
  readonly leavesNoEmpty: boolean;
  readonly events: EngineEvents;
}

/** Makes the folder of a library. @throws EngineError library-unreadable where that is not possible */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new EngineError(
      'library-unreadable',
      `The folder ${folder} for the library cannot be made: ${reasonOf(error)}. Choose another folder, where you may write.`,
      { cause: error },
    );
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isFile = code === 'EEXIST' || code === 'ENOTDIR';
  if (isFile) return 'there is a file in its way';
  const isClosed = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
  return isClosed ? 'you have no permission' : `the disk says ${code}`;
}

/** Jobs that change what the library holds, and no run. */
const changesPictures: ReadonlySet<JobStatus['kind']> = new Set(['scan', 'decodeAgain'] as const);
const endStates = new Set(['done', 'failed', 'cancelled']);

/** The open library, if any, and the switch from one to the next. */
export class OpenLibraries {
  readonly dataFolder: string;
  /** Where the libraries of new folders are made; null for the data folder. */
  readonly libraryFolder: string | null;
  readonly #options: OpenLibrariesOptions;
  #current: LibrarySession | null = null;
  #remembered: LibrarySession | null = null;
  #keeper: BackupKeeper | null = null;
  /** The library that was to be opened last, also where that failed. */
  #wanted: string | null = null;
  #changing: Promise<unknown> = Promise.resolve();
  /** The job, state and epoch of the last job report: a change of these means that a run changed. */
  #lastStage = '';

  constructor(options: OpenLibrariesOptions) {
    this.dataFolder = options.dataFolder;
    this.libraryFolder = options.libraryFolder;
    this.#options = options;
    for (const event of ['library', 'verdicts', 'marks', 'runs', 'runCare'] as const) {
      options.events.on(event, () => this.#keeper?.noteChange());
    }
  }

  get current(): LibrarySession | null {
    return this.#current;
  }

  /** The library that was to be opened last, also where that failed; null for none. */
  get wanted(): string | null {
    return this.#wanted;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#options.now();
  }

  /** The folder of a library's backups. */
  backupFolder(file: string): string {
    return backupFolder(file, this.dataFolder);
  }

  /** Backs the open library up now. @throws EngineError not-found, library-in-use, as writeBackup */
  async backUp(): Promise<void> {
    this.writable();
    await this.#keeper?.write();
  }

  /** The open library. @throws EngineError not-found when none is open */
  opened(): LibrarySession {
    if (this.#current !== null) return this.#current;
    throw new EngineError('not-found', 'No library is open: choose a folder of pictures first.');
  }

  /** The open library, for writing. @throws EngineError library-in-use when the library is only read */
  writable(): LibrarySession {
    const session = this.opened();
    if (session.isWriter) return session;
    throw new EngineError(
      'library-in-use',
      `The library ${session.library.file} is only read here.`,
    );
  }

  /**
   * Closes the open library and opens this one, which is created if necessary; one without a folder is
   * for `folder`, an absolute path.
   */
  async open(file: string, folder: string | null = null): Promise<void> {
    await this.#alone(async () => {
      this.#wanted = file;
      if (this.#current?.library.file === file) return;
      const { isWriter, resumesJobs, events } = this.#options;
      if (isWriter) await makeFolder(dirname(file));
      const session = this.#newSession(file);
      await this.#leave();
      this.#current = session;
      try {
        if (isWriter && folder !== null) enterFirstFolder(session.library, folder);
        this.#remember(session);
        if (resumesJobs) session.jobs.resumeInterrupted();
      } catch (error) {
        await this.#leave();
        this.#current = null;
        throw error;
      }
      events.emit('library', {});
      events.emit('runs', { run: null });
      // What was told so far is no change of the library.
      this.#keeper = isWriter ? this.#newKeeper(file) : null;
    });
  }

  async close(): Promise<void> {
    await this.#alone(async () => {
      await this.#leave();
      this.#current = null;
    });
  }

  /** Reads the pictures of the open library anew, and tells that they, or their folder, have changed. */
  tellChanged(session: LibrarySession): void {
    session.forgetSamples();
    this.#remember(session);
    this.#options.events.emit('library', {});
  }

  async #leave(): Promise<void> {
    const session = this.#current;
    if (session === null) return;
    if (this.#remembered !== session) this.#remember(session);
    await this.#keeper?.end();
    this.#keeper = null;
    try {
      await session.close(this.#options.leavesNoEmpty);
    } catch (error) {
      // It is closed all the same; what could not be read of it must not keep others from opening.
      this.#options.events.guard(() => {
        throw error;
      });
    }
  }

  /** Two clients may open libraries at the same moment: they are opened one after the other. */
  #alone(change: () => Promise<void>): Promise<void> {
    const changed = this.#changing.then(change, change);
    this.#changing = changed;
    return changed;
  }

  #newSession(file: string): LibrarySession {
    const { modelFolder, now, isWriter } = this.#options;
    const folder = this.backupFolder(file);
    const session: LibrarySession = damagedLibrary(
      file,
      folder,
      () =>
        new LibrarySession(file, {
          modelFolder,
          now,
          isWriter,
          beforeMigration: () =>
            this.#options.events.guard(() => {
              writeBackup({ libraryFile: file, folder, madeAt: now() });
            }),
          onStatus: (status) => this.#followJob(session, status),
          onMap: (map) => this.#options.events.emit('mapProgress', map),
          guard: (work) => this.#options.events.guard(work),
        }),
    );
    return session;
  }

  #newKeeper(libraryFile: string): BackupKeeper {
    const { now, events } = this.#options;
    const guard = (work: () => void): void => events.guard(work);
    return new BackupKeeper({ libraryFile, folder: this.backupFolder(libraryFile), now, guard });
  }

  /**
   * Puts the library first in the list of recent libraries, with its name, which may change with the
   * first scan; a new one only once something is in it.
   */
  #remember(session: LibrarySession): void {
    const { dataFolder, now, events } = this.#options;
    // The list is only convenient: a disk that does not take it keeps nobody from the library.
    events.guard(() => {
      if (!session.isWriter || session.isStillEmpty) return;
      this.#remembered = session;
      const movedTo = movedToOf(session.library);
      const library = { file: session.library.file, name: session.name() };
      rememberLibrary(dataFolder, { ...library, ...(movedTo !== null && { movedTo }) }, now);
    });
  }

  #followJob(session: LibrarySession, status: JobStatus): void {
    const { events, mapsEmbeddings } = this.#options;
    const hasEnded = endStates.has(status.state);
    // A first scan that is killed goes on at the next start, in the library used last.
    if (this.#remembered !== session && status.kind === 'scan') this.#remember(session);
    if (hasEnded && changesPictures.has(status.kind)) {
      if (status.kind === 'scan') session.foundNothing = status.state !== 'done';
      this.tellChanged(session);
    }
    events.emit('job', status);
    const stage = `${status.job} ${status.state} ${status.detail.epoch ?? ''}`;
    if (!changesPictures.has(status.kind) && (hasEnded || stage !== this.#lastStage)) {
      if (hasEnded) session.embeddings.clear();
      events.emit('runs', { run: status.run });
    }
    this.#lastStage = stage;
    if (mapsEmbeddings) events.guard(() => queueMapAfter(status, session));
  }
}
