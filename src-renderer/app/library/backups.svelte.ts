import type { Backup, BackupList } from '../../../src-main/contract/backups.ts';
import { countOf } from '../../formats/formats.ts';
import type { EngineClient } from '../../../src-main/contract/client.ts';
import type { JobInput } from '../../../src-main/contract/jobs.ts';
import type { Notices } from '../window/notices.svelte.ts';

interface BackupTargets {
  readonly connection: Pick<EngineClient, 'call'>;
  readonly notices: Pick<Notices, 'show'>;
  readonly jobs: { start(kind: 'copyLibrary', input: JobInput<'copyLibrary'>): Promise<unknown> };
  openLibraryFile(file: string): Promise<void>;
}

/** The backups of the library that is open, or that could not be opened, as the dialog shows them. */
export class BackupsState {
  list = $state.raw<BackupList | null>(null);
  /** Why the last thing asked for was not done. */
  problem = $state('');
  /** What is being done; empty for nothing. */
  doing = $state('');
  readonly #app: BackupTargets;

  constructor(app: BackupTargets) {
    this.#app = app;
  }

  /** Reads those of the open library or, with `isWanted`, of the one that was to be opened last. */
  async load(isWanted: boolean): Promise<void> {
    await this.#do('Looking for backups', async () => {
      this.list = await this.#app.connection.call('backups.list', { isWanted });
    });
  }

  async make(): Promise<void> {
    await this.#do('Backing up', async () => {
      this.list = await this.#app.connection.call('backups.make', {});
    });
  }

  /** Puts a backup in the place of the library; true once that is open. */
  async restore({ file }: Backup): Promise<boolean> {
    const { connection, notices } = this.#app;
    const library = this.list?.library ?? '';
    return await this.#do('Restoring', async () => {
      const restored = await connection.call('backups.restore', { library, backup: file });
      await this.#app.openLibraryFile(library);
      const aside =
        restored.setAside === null ? '' : ` What was there is kept: ${restored.setAside}.`;
      notices.show(`The backup is in place, with ${heldBy(restored.backup)}.${aside}`);
    });
  }

  /** Begins a copy of the whole library, which the bar of jobs follows; true once it has begun. */
  async copyTo(file: string): Promise<boolean> {
    return await this.#do('Beginning', async () => {
      await this.#app.jobs.start('copyLibrary', { file });
    });
  }

  async #do(what: string, work: () => Promise<void>): Promise<boolean> {
    this.doing = what;
    this.problem = '';
    try {
      await work();
      return true;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      return false;
    } finally {
      this.doing = '';
    }
  }
}

/** What a backup holds, in words. */
export function heldBy({ verdicts, labels, runs }: Backup): string {
  return [
    countOf(verdicts, 'verdict'),
    countOf(labels, 'label or mark', 'labels and marks'),
    countOf(runs, 'run'),
  ].join(' · ');
}
