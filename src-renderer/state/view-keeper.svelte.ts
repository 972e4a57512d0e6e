import type { AppState } from './app-state.svelte.ts';
import { parseView, readView, writeView, type KeptView } from './kept-view.ts';
import type { Memory } from './memory.ts';
import { watchedEdits } from './watched-edits.ts';

/** Remembers what the window shows of each library, puts it back, and notes changes to take back. */
export class ViewKeeper {
  readonly #app: AppState;
  readonly #memory: Memory;
  readonly #watches: readonly { look(isLive: boolean): void }[];
  /** The library whose view is on screen: while another is being opened nothing is remembered. */
  #shown = $state<string | null>(null);
  readonly isLive = $derived.by(
    () => this.#shown !== null && this.#shown === this.#app.library.status?.file,
  );

  constructor(app: AppState, memory: Memory, now: () => number) {
    this.#app = app;
    this.#memory = memory;
    this.#watches = watchedEdits(app, now);
  }

  /** The run that was on screen when the library was looked at last. */
  get run(): number | null {
    return this.#remembered()?.run ?? null;
  }

  /** Remembers the view of the moment; call it in an effect. */
  follow(): void {
    const { isLive } = this;
    for (const watch of this.#watches) watch.look(isLive);
    const file = this.#app.library.status?.file;
    if (isLive && file) this.#memory.remember(`view.${file}`, readView(this.#app));
  }

  /** Puts back what was on screen of the open library when it was looked at last. */
  async restore(): Promise<void> {
    const app = this.#app;
    const view = this.#remembered();
    if (view) {
      writeView(app, view);
      await this.#restoreRun(view);
      const { pictures } = app.library;
      const row = view.anchor === null ? -1 : pictures.columns.hashes.indexOf(view.anchor);
      if (row >= 0) app.anchor.set(pictures.idAt(row));
    }
    const isMapped = app.runs.list.some((run) => run.mapped);
    if (view?.place) app.places.go(view.place);
    else app.places.begin(isMapped ? 'explore' : 'library');
    app.undoHistory.clear();
    this.#shown = app.library.status?.file ?? null;
    await app.explainAnchor();
  }

  async #restoreRun({ run, epoch }: KeptView): Promise<void> {
    const { runs, explanation } = this.#app;
    if (run === null || runs.existing.every((existing) => existing.run !== run)) return;
    if (run !== runs.currentNumber) await runs.choose(run);
    if (epoch !== null) await this.#app.attempt(() => explanation.recallEpoch(run, epoch));
  }

  #remembered(): KeptView | null {
    const file = this.#app.library.status?.file;
    return file ? parseView(this.#memory.recall(`view.${file}`)) : null;
  }
}
