import type { MethodInput } from '../../../src-main/contract/methods.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import type { Notices } from '../window/notices.svelte.ts';
import type { Edit, UndoHistory } from '../undo/undo-history.svelte.ts';

interface Surroundings {
  readonly connection: Connection;
  readonly notices: Notices;
  readonly undoHistory: UndoHistory;
}

type Changes = Omit<MethodInput<'runs.update'>, 'run'>;

/**
 * Renames, notes, tags, archives, deletes and restores runs; each is an edit of the undo history.
 */
export class RunCare {
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** False when it failed, which a notice says. */
  async rename(run: RunSummary, name: string): Promise<boolean> {
    const before = run.name;
    if (name === before) return true;
    const what = `the name of “${before}”`;
    return (await this.#change(run, what, { name: before }, { name })) !== null;
  }

  async note(run: RunSummary, note: string): Promise<void> {
    if (note === run.note) return;
    await this.#change(run, `the note on “${run.name}”`, { note: run.note }, { note });
  }

  /** False when it failed, which a notice says. */
  async addTag(run: RunSummary, tag: string): Promise<boolean> {
    if (run.tags.includes(tag)) return true;
    const what = `the tag “${tag}” of “${run.name}”`;
    return (await this.#change(run, what, { removeTags: [tag] }, { addTags: [tag] })) !== null;
  }

  async removeTag(run: RunSummary, tag: string): Promise<void> {
    const what = `the tag “${tag}” of “${run.name}”`;
    await this.#change(run, what, { addTags: [tag] }, { removeTags: [tag] });
  }

  /** Puts a run aside, or takes it back. */
  async archive(run: RunSummary, archived: boolean): Promise<void> {
    const what = `${archived ? 'archiving' : 'unarchiving'} “${run.name}”`;
    const edit = await this.#change(run, what, { archived: !archived }, { archived });
    if (edit && archived) this.#offerUndo(edit, `“${run.name}” is archived.`);
  }

  async delete(run: RunSummary): Promise<void> {
    const { connection } = this.#around;
    const remove = (): Promise<unknown> => connection.call('runs.delete', { run: run.run });
    const edit = await this.#do(remove, {
      name: `deleting “${run.name}”`,
      undo: () => this.#restore(run),
      redo: remove,
    });
    if (edit) this.#offerUndo(edit, `“${run.name}” is deleted.`);
  }

  async restore(run: RunSummary): Promise<void> {
    const { connection } = this.#around;
    const restore = (): Promise<unknown> => this.#restore(run);
    await this.#do(restore, {
      name: `restoring “${run.name}”`,
      undo: () => connection.call('runs.delete', { run: run.run }),
      redo: restore,
    });
  }

  async #restore({ run, name }: RunSummary): Promise<void> {
    const { connection, notices } = this.#around;
    const restored = await connection.call('runs.restore', { run });
    if (restored.name === name) return;
    notices.show(`“${name}” is back as “${restored.name}”: another run has its name by now.`);
  }

  /** Resolves to the change, to take back; null when it failed. */
  #change(
    { run }: RunSummary,
    name: string,
    before: Changes,
    after: Changes,
  ): Promise<Edit | null> {
    const put = (changes: Changes): Promise<unknown> =>
      this.#around.connection.call('runs.update', { run, ...changes });
    return this.#do(() => put(after), { name, undo: () => put(before), redo: () => put(after) });
  }

  async #do(work: () => Promise<unknown>, edit: Edit): Promise<Edit | null> {
    const { notices, undoHistory } = this.#around;
    return await notices.attempt(async () => {
      await work();
      undoHistory.add(edit);
      return edit;
    });
  }

  #offerUndo(edit: Edit, text: string): void {
    const { notices, undoHistory } = this.#around;
    const undo = (): unknown => notices.attempt(() => undoHistory.takeBack(edit));
    notices.show(text, { name: 'Undo', run: () => void undo() });
  }
}
