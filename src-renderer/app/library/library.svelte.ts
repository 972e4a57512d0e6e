import type { LabelRule } from '../../../src-main/contract/label-rule.ts';
import type {
  BlankPicture,
  LibraryStatus,
  NotedPicture,
  RecentLibrary,
  Skip,
} from '../../../src-main/contract/library.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { pictureBackground } from '../../connection/picture-background.svelte.ts';
import { latestOnly } from '../../connection/latest-only.ts';
import { labelsByHandOf, type LabelsByHand } from './labels-by-hand.ts';
import { isRelabelled } from './relabelled.ts';
import { Pictures } from './pictures.ts';

const none = new Pictures({
  ids: new Uint32Array(),
  hashes: [],
  paths: [],
  labelIndex: new Int32Array(),
  labels: [],
  labelMembers: [],
  splitIndex: new Int32Array(),
  splits: [],
  sizes: new Uint32Array(),
});

interface Holdings {
  readonly status: LibraryStatus;
  readonly recent: readonly RecentLibrary[];
  readonly pictures: Pictures;
  readonly skips: readonly Skip[];
  readonly blank: readonly BlankPicture[];
  readonly notes: readonly NotedPicture[];
  readonly labelsByHand: LabelsByHand;
}

/** The open library: what it holds, its pictures and what was skipped. */
export class LibraryState {
  status = $state.raw<LibraryStatus | null>(null);
  pictures = $state.raw<Pictures>(none);
  skips = $state.raw<readonly Skip[]>([]);
  /** Pictures that show nothing. */
  blank = $state.raw<readonly BlankPicture[]>([]);
  /** Pictures whose files have something wrong. */
  notes = $state.raw<readonly NotedPicture[]>([]);
  labelsByHand = $state.raw(labelsByHandOf([]));
  recent = $state.raw<readonly RecentLibrary[]>([]);
  readonly isOpen = $derived(this.status !== null && this.status.file !== null);
  readonly #connection: Connection;
  #followers: readonly (() => void)[] = [];
  /** A scan reports changes faster than a large library can be read: reads do not pile up. */
  readonly #read = latestOnly<'everything', Holdings>(
    () => this.#ask(),
    (holdings) => this.#show(holdings),
  );

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Calls this whenever pictures of the open library have other labels than before. */
  onRelabelled(follower: () => void): void {
    this.#followers = [...this.#followers, follower];
  }

  /** Reads everything again: after opening, after a scan, after a reconnection. */
  refresh(): Promise<void> {
    return this.#read('everything');
  }

  async #ask(): Promise<Holdings> {
    const status = await this.#connection.call('library.status', {});
    if (status.file === null) {
      const recent = await this.#connection.call('library.recent', {});
      const nothing = { skips: [], blank: [], notes: [], labelsByHand: labelsByHandOf([]) };
      return { status, recent, pictures: none, ...nothing };
    }
    const [samples, skips, blank, notes, { edits }] = await Promise.all([
      this.#connection.call('library.samples', {}),
      this.#connection.call('library.skips', {}),
      status.blank > 0 ? this.#connection.call('library.blank', {}) : [],
      status.noted > 0 ? this.#connection.call('library.notes', {}) : [],
      this.#connection.call('labels.listByHand', {}),
    ]);
    const pictures = new Pictures(
      samples,
      blank.map(({ id }) => id),
    );
    const holdings = { status, recent: this.recent, pictures, skips, blank, notes };
    return { ...holdings, labelsByHand: labelsByHandOf(edits) };
  }

  #show({ status, recent, pictures, skips, blank, notes, labelsByHand }: Holdings): void {
    const isSame = status.file !== null && status.file === this.status?.file;
    const changesLabels = isSame && isRelabelled(this.pictures, pictures);
    this.recent = recent;
    this.pictures = pictures;
    this.skips = skips;
    this.blank = blank;
    this.notes = notes;
    this.labelsByHand = labelsByHand;
    this.status = status;
    pictureBackground.name = status.decoding.background;
    if (changesLabels) for (const follow of this.#followers) follow();
  }

  async openFolder(folder: string): Promise<void> {
    await this.#connection.call('library.open', { folder });
    await this.refresh();
  }

  async openFile(file: string): Promise<void> {
    await this.#connection.call('library.open', { file });
    await this.refresh();
  }

  /** Changes the rule for labels of one folder, or of all where none is named. */
  async setLabelRule(rule: LabelRule | 'folder', folder?: string): Promise<void> {
    await this.#connection.call('labels.setRule', { rule, folder });
    await this.refresh();
  }
}
