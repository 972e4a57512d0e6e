import type { LabelEdit } from '../../../src-main/contract/labels.ts';
import { formatCount } from '../../../src-main/contract/format-count.ts';
import { countOf } from '../../formats/formats.ts';
import type { AppState } from '../app-state.svelte.ts';
import { changeSentence, labelEdits, type LabelChange } from '../labels/label-changes.ts';
import { changeTopic, takeBack } from './undo.ts';

/** Opens the dialog that gives these pictures labels by hand. */
export function askForLabels({ pages }: AppState, ids: Iterable<number>): void {
  const asked = [...ids];
  if (asked.length > 0) pages.labelling = asked;
}

/** Changes the labels of pictures by hand; an edit of the undo history, which its notice offers. */
export async function labelPictures(
  app: AppState,
  ids: Iterable<number>,
  change: LabelChange,
): Promise<void> {
  const edits = labelEdits(app.library, ids, change);
  if (edits.length === 0) {
    app.notices.show('These pictures are labelled so by hand already.');
    return;
  }
  const text = changeSentence(change, countOf(edits.length, 'picture'));
  await editLabels(app, edits, text);
}

/** Saves labels by hand as an edit of the undo history, and tells of it. */
async function editLabels(app: AppState, edits: readonly LabelEdit[], text: string): Promise<void> {
  const save = (wanted: readonly LabelEdit[]): Promise<LabelEdit[] | null> =>
    app.attempt(async () => {
      const former = await app.connection.call('labels.edit', { edits: [...wanted] });
      await app.library.refresh();
      return former.edits;
    });
  const former = await save(edits);
  if (!former) return;
  const undo = (): unknown => save(former);
  noteLabels(app, { count: edits.length, text, undo, redo: () => save(edits) });
}

/** Notes a change of the labels of so many pictures in the undo history, and tells of it. */
export function noteLabels(
  app: AppState,
  done: {
    readonly count: number;
    readonly text: string;
    readonly undo: () => unknown;
    readonly redo: () => unknown;
  },
): void {
  const { count, text, undo, redo } = done;
  const edit = { name: count === 1 ? 'a label' : `${formatCount(count)} labels`, undo, redo };
  app.undoHistory.add(edit);
  app.notices.show(text, { name: 'Undo', run: () => void takeBack(app, edit) }, changeTopic);
}
