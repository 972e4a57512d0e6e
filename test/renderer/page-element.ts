/** An element as shortcuts look at it: what kind of control it is, by a selector that it answers to. */
export class PageElement {
  readonly isContentEditable: boolean = false;
  /** What was done to it, in order. */
  readonly done: ('focus' | 'select')[] = [];
  readonly #kind: string;

  readonly #parent: PageElement | null;

  constructor(kind = '', parent: PageElement | null = null) {
    this.#kind = kind;
    this.#parent = parent;
  }

  /** Whether its kind is among those that a selector names. */
  matches(selector: string): boolean {
    return selector.split(', ').some((part) => part.split(':')[0] === this.#kind);
  }

  /** Itself or what it lies in, where that has such a kind. */
  closest(selector: string): PageElement | null {
    return this.matches(selector) ? this : (this.#parent?.closest(selector) ?? null);
  }

  focus(): void {
    this.done.push('focus');
  }

  select(): void {
    this.done.push('select');
  }
}
