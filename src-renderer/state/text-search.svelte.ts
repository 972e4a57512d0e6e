import type { TextSearchResult, TextTowerReport } from '../../src-main/contract/text-search.ts';
import type { Connection } from './connection.svelte.ts';

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
  #lookedAt: number | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Finds out whether a run can be searched; none can while none is chosen. */
  async look(run: number | null): Promise<void> {
    this.#lookedAt = run;
    const tower = run === null ? null : await this.#connection.call('search.tower', { run });
    if (this.#lookedAt !== run) return;
    this.tower = tower;
    this.found = null;
    if (!this.canSearch) this.isOn = false;
  }

  /** The first search of an encoder loads its text tower, which takes seconds. */
  async search(run: number, text: string): Promise<FoundByText> {
    this.isBusy = true;
    try {
      const input = { run, text, k: foundAtMost };
      const found = { run, text, ...(await this.#connection.call('search.text', input)) };
      this.found = found;
      return found;
    } finally {
      this.isBusy = false;
    }
  }
}
