import type { LibraryState } from '../library/library.svelte.ts';
import type { Runs } from '../runs/runs.svelte.ts';
import type { AnchorState } from '../anchor/anchor.svelte.ts';
import type { Memory } from '../window/memory.ts';
import type { Notices } from '../window/notices.svelte.ts';
import type { Pages } from '../window/pages.svelte.ts';
import { watchedEdits, type WatchedStates } from './watched-edits.ts';
import {
  parseSnapshot,
  readSnapshot,
  writeSnapshot,
  type SnapshotSources,
  type WindowSnapshot,
} from './window-snapshot.ts';

/** The states that are remembered and put back. */
interface RecalledStates extends SnapshotSources, WatchedStates {
  readonly pages: Pages;
  readonly library: LibraryState;
  readonly runs: Runs;
  readonly anchor: AnchorState;
  readonly notices: Notices;
}

/**
 * Remembers what the window shows of each library, puts it back, and notes changes to take back.
 */
export class WindowRecall {
  readonly #app: RecalledStates;
  readonly #memory: Memory;
  readonly #watches: readonly { look(isLive: boolean): void }[];
  /** The file of the library on screen: while another is being opened nothing is remembered. */
  #shown = $state<string | null>(null);
  readonly isLive = $derived.by(
    () => this.#shown !== null && this.#shown === this.#app.library.status?.file,
  );

  constructor(app: RecalledStates, memory: Memory, now: () => number) {
    this.#app = app;
    this.#memory = memory;
    this.#watches = watchedEdits(app, now);
  }

  /** The file of the library that is on screen, or was until another one was opened; null for none. */
  get shown(): string | null {
    return this.#shown;
  }

  /** The run that was on screen when the library was looked at last. */
  get run(): number | null {
    return this.#remembered()?.run ?? null;
  }

  /** Remembers what the window shows now; call it in an effect. */
  follow(): void {
    const { isLive } = this;
    for (const watch of this.#watches) watch.look(isLive);
    const file = this.#app.library.status?.file;
    if (isLive && file) this.#memory.remember(keyOf(file), readSnapshot(this.#app));
  }

  /** Puts back what was on screen of the open library when it was looked at last. */
  async restore(): Promise<void> {
    const app = this.#app;
    const snapshot = this.#remembered();
    if (snapshot) {
      writeSnapshot(app, snapshot);
      await this.#restoreRun(snapshot);
      const { pictures } = app.library;
      const row = snapshot.anchor === null ? -1 : pictures.columns.hashes.indexOf(snapshot.anchor);
      if (row >= 0) app.anchor.set(pictures.idAt(row));
    }
    const isMapped = app.runs.list.some((run) => run.mapped);
    if (snapshot?.page) app.pages.go(snapshot.page);
    else app.pages.begin(isMapped ? 'explore' : 'library');
    app.undoHistory.clear();
    this.#shown = app.library.status?.file ?? null;
    await app.explainAnchor();
  }

  async #restoreRun({ run, epoch }: WindowSnapshot): Promise<void> {
    const { runs, explanation } = this.#app;
    if (run === null || runs.existing.every((existing) => existing.run !== run)) return;
    if (run !== runs.currentNumber) await runs.choose(run);
    if (epoch !== null) await this.#app.notices.attempt(() => explanation.recallEpoch(run, epoch));
  }

  #remembered(): WindowSnapshot | null {
    const file = this.#app.library.status?.file;
    return file ? parseSnapshot(this.#memory.recall(keyOf(file))) : null;
  }
}

/** Under which a library file's snapshot is remembered; the prefix is that of earlier versions. */
function keyOf(file: string): string {
  return `view.${file}`;
}
