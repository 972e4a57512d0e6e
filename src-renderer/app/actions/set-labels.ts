import type { LabelRule } from '../../../src-main/contract/label-rule.ts';
import type { LibraryStatus } from '../../../src-main/contract/library.ts';
import { countOf } from '../../formats/formats.ts';
import type { AppState } from '../app-state.svelte.ts';
import type { Edit } from '../undo/undo-history.svelte.ts';

/** Changes the rule for labels of every folder, or of one; an edit of the undo history. */
export async function setLabels(
  app: AppState,
  rule: LabelRule | 'folder',
  folder?: string,
): Promise<void> {
  const rules = (): Pick<LibraryStatus['folders'][number], 'path' | 'labels'>[] =>
    (app.library.status?.folders ?? [])
      .filter(({ path }) => folder === undefined || path === folder)
      .map(({ path, labels }) => ({ path, labels }));
  const put = (): Promise<unknown> => app.attempt(() => app.library.setLabelRule(rule, folder));
  const former = rules();
  await put();
  if (JSON.stringify(rules()) === JSON.stringify(former)) return;
  const edit: Edit = {
    name: 'the rule for labels',
    undo: async () => {
      for (const { path, labels } of former) {
        await app.attempt(() => app.library.setLabelRule(labels, path));
      }
    },
    redo: put,
  };
  app.undoHistory.add(edit);
  const undo = (): unknown => app.attempt(() => app.undoHistory.takeBack(edit));
  app.notices.show(newLabels(app), { name: 'Undo', run: () => void undo() });
}

/** What a change of the rule has left, and what was measured before it. */
function newLabels({ library, runs }: AppState): string {
  const { labelIndex } = library.pictures.columns;
  const without = labelIndex.filter((label) => label < 0).length;
  const labels = countOf(library.status?.labels.length ?? 0, 'label');
  const left = without === 0 ? '' : `, ${countOf(without, 'picture')} without one`;
  const scored = runs.list.some(({ metrics }) => metrics.knn !== undefined);
  const older = scored ? ' The scores of runs are those by the labels before.' : '';
  return `Now ${labels}${left}.${older}`;
}
