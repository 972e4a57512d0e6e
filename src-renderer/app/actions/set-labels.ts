import type { LabelRule } from '../../../src-main/contract/label-rule.ts';
import type { LibraryStatus } from '../../../src-main/contract/library.ts';
import type { AppState } from '../app-state.svelte.ts';

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
  app.undoHistory.add({
    name: 'the rule for labels',
    undo: async () => {
      for (const { path, labels } of former) {
        await app.attempt(() => app.library.setLabelRule(labels, path));
      }
    },
    redo: put,
  });
}
