/**
 * A walk over the map by keyboard: each step goes to the nearest picture not yet visited, and back
 * the way one came. `nearestTo` finds it: from a picture, or from the middle of the viewport for
 * null.
 */
export class KeyboardWalk {
  readonly #nearestTo: (from: number | null, isNew: (id: number) => boolean) => number | null;
  #path: number[] = [];
  #at = -1;

  constructor(nearestTo: (from: number | null, isNew: (id: number) => boolean) => number | null) {
    this.#nearestTo = nearestTo;
  }

  /** The picture the walk is at, null when nobody walks. */
  get current(): number | null {
    return this.#path[this.#at] ?? null;
  }

  /** Goes one picture on; starts at `from` (or in the middle of the viewport) when nobody walks. */
  next(from: number | null = null): number | null {
    const known = this.#path[this.#at + 1];
    const visited = new Set(this.#path);
    const isStart = this.#path.length === 0;
    const found =
      known ??
      (isStart && from !== null ? from : this.#nearestTo(this.current, (id) => !visited.has(id)));
    if (found === null) return this.current;
    if (known === undefined) this.#path.push(found);
    this.#at += 1;
    return found;
  }

  /** Goes back to the picture before; stays at the first. */
  back(): number | null {
    this.#at = Math.max(this.#at - 1, 0);
    return this.current;
  }

  /** Ends the walk; false when nobody walked. */
  stop(): boolean {
    const walked = this.#path.length > 0;
    this.#path = [];
    this.#at = -1;
    return walked;
  }
}
