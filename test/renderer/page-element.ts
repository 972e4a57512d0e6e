/** An element as shortcuts look at it: what kind of control it is, by a selector that it answers to. */
export class PageElement {
  readonly isContentEditable: boolean = false;
  /** What was done to it, in order. */
  readonly done: ('focus' | 'select')[] = [];
  readonly #kind: string;

  constructor(kind = '') {
    this.#kind = kind;
  }

  /** Whether its kind is among those that a selector names. */
  matches(selector: string): boolean {
    return selector.split(', ').some((part) => part.split(':')[0] === this.#kind);
  }

  focus(): void {
    this.done.push('focus');
  }

  select(): void {
    this.done.push('select');
  }
}
