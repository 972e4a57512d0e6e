import type {
  LabelSource,
  LibraryStatus,
  RecentLibrary,
  Skip,
} from '../../src-main/contract/library.ts';
import type { Connection } from './connection.svelte.ts';
import { Pictures } from './pictures.ts';

const none = new Pictures({
  ids: new Uint32Array(),
  hashes: [],
  paths: [],
  labelIndex: new Int32Array(),
  labels: [],
  sizes: new Uint32Array(),
});

/** The open library: what it holds, its pictures and what was skipped. */
export class LibraryState {
  status = $state.raw<LibraryStatus | null>(null);
  pictures = $state.raw<Pictures>(none);
  skips = $state.raw<readonly Skip[]>([]);
  recent = $state.raw<readonly RecentLibrary[]>([]);
  readonly isOpen = $derived(this.status !== null && this.status.file !== null);
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Reads everything again: after opening, after a scan, after a reconnection. */
  async refresh(): Promise<void> {
    const status = await this.#connection.call('library.status', {});
    if (status.file === null) {
      this.recent = await this.#connection.call('library.recent', {});
      this.pictures = none;
      this.skips = [];
    } else {
      const [samples, skips] = await Promise.all([
        this.#connection.call('library.samples', {}),
        this.#connection.call('library.skips', {}),
      ]);
      this.pictures = new Pictures(samples);
      this.skips = skips;
    }
    this.status = status;
  }

  async openFolder(folder: string): Promise<void> {
    await this.#connection.call('library.open', { folder });
    await this.refresh();
  }

  async openFile(file: string): Promise<void> {
    await this.#connection.call('library.open', { file });
    await this.refresh();
  }

  async setLabels(labels: LabelSource): Promise<void> {
    await this.#connection.call('library.setLabels', { labels });
    await this.refresh();
  }
}
