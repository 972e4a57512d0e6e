/** The anchor, with the way back and forward through earlier ones. */
export class AnchorState {
  id = $state<number | null>(null);
  #past = $state.raw<readonly number[]>([]);
  #future = $state.raw<readonly number[]>([]);
  readonly canGoBack = $derived(this.#past.length > 0);
  readonly canGoForward = $derived(this.#future.length > 0);

  set(id: number): void {
    if (id === this.id) return;
    if (this.id !== null) this.#past = [...this.#past, this.id];
    this.#future = [];
    this.id = id;
  }

  clear(): void {
    if (this.id !== null) this.#past = [...this.#past, this.id];
    this.id = null;
  }

  back(): void {
    const previous = this.#past.at(-1);
    if (previous === undefined) return;
    if (this.id !== null) this.#future = [...this.#future, this.id];
    this.#past = this.#past.slice(0, -1);
    this.id = previous;
  }

  forward(): void {
    const next = this.#future.at(-1);
    if (next === undefined) return;
    if (this.id !== null) this.#past = [...this.#past, this.id];
    this.#future = this.#future.slice(0, -1);
    this.id = next;
  }

  /** Starts over, for another library. */
  reset(): void {
    this.id = null;
    this.#past = [];
    this.#future = [];
  }
}
