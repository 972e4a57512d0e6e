import { recall, remember } from './remembered.ts';

/** The anchors that the user wants at hand, by content hash; remembered for each library. */
export class Pins {
  hashes = $state.raw<readonly string[]>([]);
  #library: string | null = null;

  /** Shows the pins of a library file. */
  open(library: string | null): void {
    if (library === this.#library) return;
    this.#library = library;
    const saved = library === null ? [] : recall(`pins.${library}`);
    this.hashes = Array.isArray(saved)
      ? saved.filter((hash): hash is string => typeof hash === 'string')
      : [];
  }

  has(hash: string): boolean {
    return this.hashes.includes(hash);
  }

  toggle(hash: string): void {
    this.hashes = this.has(hash)
      ? this.hashes.filter((pinned) => pinned !== hash)
      : [...this.hashes, hash];
    if (this.#library !== null) remember(`pins.${this.#library}`, this.hashes);
  }
}
