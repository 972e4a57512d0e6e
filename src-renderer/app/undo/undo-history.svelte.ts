/** A change that the user made and may take back. */
export interface Edit {
  /** What was changed, as it stands after "undo". */
  readonly name: string;
  undo(): unknown;
  redo(): unknown;
}

/** The user's changes in their order, to take back and make again without limit. */
export class UndoHistory {
  #done = $state.raw<readonly Edit[]>([]);
  #undone = $state.raw<readonly Edit[]>([]);
  /** The change that "undo" would take back; null when there is none. */
  readonly latest: Edit | null = $derived(this.#done.at(-1) ?? null);
  readonly toUndo = $derived(this.latest?.name ?? null);
  readonly toRedo = $derived(this.#undone.at(-1)?.name ?? null);

  /** Notes a change that was made. */
  add(edit: Edit): void {
    this.#done = [...this.#done, edit];
    this.#undone = [];
  }

  /** Whether it is this change that "undo" would take back. */
  isLatest(edit: Edit): boolean {
    return this.#done.at(-1) === edit;
  }

  /** The same as `add`, in place of the last change where that is `former`. */
  extend(former: Edit, edit: Edit): void {
    if (this.isLatest(former)) this.#done = this.#done.slice(0, -1);
    this.add(edit);
  }

  async undo(): Promise<void> {
    const edit = this.#done.at(-1);
    if (edit) await this.takeBack(edit);
  }

  /** Takes one change back, which need not be the last one. */
  async takeBack(edit: Edit): Promise<void> {
    if (!this.#done.includes(edit)) return;
    this.#done = this.#done.filter((one) => one !== edit);
    this.#undone = [...this.#undone, edit];
    await edit.undo();
  }

  async redo(): Promise<void> {
    const edit = this.#undone.at(-1);
    if (!edit) return;
    this.#undone = this.#undone.slice(0, -1);
    this.#done = [...this.#done, edit];
    await edit.redo();
  }

  /** Forgets everything, for another library. */
  clear(): void {
    this.#done = [];
    this.#undone = [];
  }
}
