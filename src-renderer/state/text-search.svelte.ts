import type { TextSearchResult, TextTowerReport } from '../../src-main/contract/text-search.ts';
import type { Connection } from './connection.svelte.ts';
import { latestOnly, type LatestOnly } from './latest-only.ts';

/** Pictures that a text was found to describe, best first. */
export interface FoundByText extends TextSearchResult {
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

  /** Finds out whether a run can be searched; none can while none is chosen. Gives up a search. */
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
   * Finds nothing where it was given up. The first search of an encoder loads its text tower, which
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
