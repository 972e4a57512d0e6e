import { toErrorReport } from '../../../../src-main/contract/errors/errors.ts';
import type {
  ImportInspection,
  ImportInput,
  ImportSource,
} from '../../../../src-main/contract/imports.ts';
import type { Connection } from '../../../connection/connection.svelte.ts';
import { latestOnly } from '../../../connection/latest-only.ts';

/** What may be said of files; empty where it is to be found out. */
type Said = Record<'vectors' | 'hashes' | 'paths' | 'epoch', string>;

const nothingSaid: Said = { vectors: '', hashes: '', paths: '', epoch: '' };

/** The choices of one import, and what the engine sees in the files. */
export class ImportForm {
  files = $state.raw<readonly string[]>([]);
  said = $state.raw<Said>(nothingSaid);
  /** Whether numbered columns are a vector although some of them are missing. */
  allowGaps = $state(false);
  name = $state('');
  found = $state.raw<ImportInspection | null>(null);
  problem = $state('');
  isLooking = $state(false);
  readonly #look: (source: ImportSource) => Promise<void>;

  constructor(connection: Connection) {
    this.#look = latestOnly(
      (source: ImportSource) => connection.call('imports.inspect', source),
      (found) => (this.found = found),
    );
  }

  get source(): ImportSource {
    const said = Object.entries(this.said).filter(([, text]) => text.trim() !== '');
    const gaps = this.allowGaps ? { allowGaps: true } : {};
    return { files: [...this.files], ...Object.fromEntries(said), ...gaps };
  }

  get input(): ImportInput {
    const name = this.name.trim();
    return { ...this.source, ...(name === '' ? {} : { name }), dryRun: false };
  }

  /**
   * Other files have other columns: what was said of them is forgotten. A name is that of the run of
   * its files: with the last of these it goes.
   */
  choose(files: readonly string[]): void {
    const before = this.files;
    if (before.length > 0 && !before.some((file) => files.includes(file))) this.name = '';
    this.files = files;
    this.said = nothingSaid;
    this.allowGaps = false;
    void this.look();
  }

  toggle(file: string): void {
    const others = this.files.filter((one) => one !== file);
    this.choose(others.length < this.files.length ? others : [...this.files, file]);
  }

  say(part: Partial<Said>): void {
    this.said = { ...this.said, ...part };
    void this.look();
  }

  allow(gaps: boolean): void {
    this.allowGaps = gaps;
    void this.look();
  }

  /** Has the engine look into the files. */
  async look(): Promise<void> {
    if (this.files.length === 0) {
      this.found = null;
      this.problem = '';
      return;
    }
    this.isLooking = true;
    try {
      await this.#look(this.source);
      this.problem = '';
    } catch (error) {
      this.found = null;
      this.problem = toErrorReport(error).message;
    } finally {
      this.isLooking = false;
    }
  }
}
