import type { Memory } from '../window/memory.ts';

/** The anchors that the user wants at hand, by content hash; remembered for each library. */
export class Pins {
  hashes = $state.raw<readonly string[]>([]);
  #library: string | null = null;
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Shows the pins of a library file. */
  open(library: string | null): void {
    if (library === this.#library) return;
    this.#library = library;
    const saved = library === null ? [] : this.#memory.recall(`pins.${library}`);
    this.hashes = Array.isArray(saved)
      ? saved.filter((hash): hash is string => typeof hash === 'string')
      : [];
  }

  has(hash: string): boolean {
    return this.hashes.includes(hash);
  }

  toggle(hash: string): void {
    this.set(
      this.has(hash) ? this.hashes.filter((pinned) => pinned !== hash) : [...this.hashes, hash],
    );
  }

  set(hashes: readonly string[]): void {
    this.hashes = hashes;
    if (this.#library !== null) this.#memory.remember(`pins.${this.#library}`, hashes);
  }
}
