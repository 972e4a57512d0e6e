import type { TextSearchResult, TextTowerReport } from '../../../src-main/contract/text-search.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { latestOnly, type LatestOnly } from '../../connection/latest-only.ts';

/** Pictures that a text was found to describe, best first. */
interface FoundByText extends TextSearchResult {
  readonly run: number;
  readonly text: string;
}

/** How many pictures a search selects. */
export const foundAtMost = 50;

/** Searching the pictures of a run by what they show, where its encoder has a text tower. */
export class TextSearch {
  /** Whether the search box takes a description instead of names and labels. */
  isOn = $state(false);
  isBusy = $state(false);
  found = $state.raw<FoundByText | null>(null);
  tower = $state.raw<TextTowerReport | null>(null);
  readonly canSearch = $derived(this.tower !== null && this.tower.path !== null);
  readonly #connection: Connection;
  readonly #find: LatestOnly<{ readonly run: number; readonly text: string }>;
  #lookedAt: number | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#find = latestOnly(
      ({ run, text }) => connection.call('search.text', { run, text, k: foundAtMost }),
      (result, { run, text }) => (this.found = { run, text, ...result }),
    );
  }

  /** Asks whether a run (null for none) can be searched; drops a search under way. */
  async look(run: number | null): Promise<void> {
    this.#lookedAt = run;
    this.#find.drop();
    const tower = run === null ? null : await this.#connection.call('search.tower', { run });
    if (this.#lookedAt !== run) return;
    this.tower = tower;
    this.found = null;
    if (!this.canSearch) this.isOn = false;
  }

  /**
   * Null where the search was dropped. The first search of an encoder loads its text tower, which
   * takes seconds.
   */
  async search(run: number, text: string): Promise<FoundByText | null> {
    this.isBusy = true;
    this.found = null;
    try {
      await this.#find({ run, text });
      return this.found;
    } finally {
      this.isBusy = false;
    }
  }
}
