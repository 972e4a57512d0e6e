import { untrack } from 'svelte';
import type { Edit, UndoHistory } from './undo-history.svelte.ts';

/**
 * Changes less than this many milliseconds apart make one edit, as of a dragged handle or a typed
 * word.
 */
const togetherMs = 800;

interface WatchOptions<T> {
  /** What changed from one value to the next, in a few words. */
  readonly name: (before: T, after: T) => string;
  readonly read: () => T;
  readonly write: (value: T) => unknown;
  readonly isSame: (a: T, b: T) => boolean;
}

interface LastEdit<T> {
  readonly edit: Edit;
  readonly before: T;
  readonly at: number;
}

/** Notes every change of a value that many controls change, so that it can be taken back. */
export class EditWatch<T> {
  readonly #history: UndoHistory;
  readonly #now: () => number;
  readonly #options: WatchOptions<T>;
  #known: { readonly value: T } | null = null;
  #last: LastEdit<T> | null = null;

  constructor(history: UndoHistory, now: () => number, options: WatchOptions<T>) {
    this.#history = history;
    this.#now = now;
    this.#options = options;
  }

  /**
   * Reads the value reactively: call it in an effect. A change while `isLive` is false is no edit.
   */
  look(isLive: boolean): void {
    const value = this.#options.read();
    untrack(() => this.#compare(value, isLive));
  }

  #compare(value: T, isLive: boolean): void {
    const known = this.#known;
    this.#known = isLive ? { value } : null;
    if (!isLive || known === null || this.#options.isSame(known.value, value)) return;
    const at = this.#now();
    const former = this.#latest(at);
    const before = former?.before ?? known.value;
    const edit = this.#edit(before, value);
    if (former) this.#history.extend(former.edit, edit);
    else this.#history.add(edit);
    this.#last = { edit, before, at };
  }

  /** The last edit, if a change at this time belongs to it: recent enough, and still the latest. */
  #latest(at: number): LastEdit<T> | null {
    const last = this.#last;
    if (last === null || at - last.at >= togetherMs) return null;
    return this.#history.isLatest(last.edit) ? last : null;
  }

  #edit(before: T, after: T): Edit {
    const put = (value: T): unknown => {
      this.#known = { value };
      this.#last = null;
      return this.#options.write(value);
    };
    return {
      name: this.#options.name(before, after),
      undo: () => put(before),
      redo: () => put(after),
    };
  }
}
