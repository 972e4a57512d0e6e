import type { LabelSource } from '../../../src-main/contract/library.ts';
import type { AppState } from '../app-state.svelte.ts';

/** Takes labels from the names of sub-folders, or has none; an edit of the undo history. */
export async function setLabels(app: AppState, labels: LabelSource): Promise<void> {
  const sources = app.library.status?.folders.map((folder) => folder.labels) ?? [];
  const put = (source: LabelSource): Promise<unknown> =>
    app.attempt(() => app.library.setLabels(source));
  await put(labels);
  const [former] = sources;
  // Folders of different sources cannot be put back by one choice.
  if (former === undefined || former === labels || sources.some((one) => one !== former)) return;
  app.undoHistory.add({
    name: 'the source of labels',
    undo: () => put(former),
    redo: () => put(labels),
  });
}
