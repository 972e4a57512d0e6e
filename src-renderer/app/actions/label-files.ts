import type { ImportedLabels } from '../../../src-main/contract/labels.ts';
import { saveText } from '../../connection/save-text.ts';
import { countOf } from '../../formats/formats.ts';
import type { AppState } from '../app-state.svelte.ts';
import { noteLabels } from './label-pictures.ts';

/** Saves the labels given by hand, or those of all pictures, as a CSV file. */
export async function exportLabelFile(app: AppState, isAll: boolean): Promise<void> {
  const file = await app.attempt(() => app.connection.call('labels.exportFile', { all: isAll }));
  if (!file) return;
  const name = `${app.library.status?.name ?? 'library'}-labels${isAll ? '' : '-by-hand'}.csv`;
  saveText(file.text, name, 'text/csv');
  app.notices.show(`The labels of ${countOf(file.pictures, 'picture')} exported as ${name}.`);
}

/** Takes the labels of a file as labels by hand; an edit of the undo history. */
export async function importLabelFile(app: AppState, file: File): Promise<ImportedLabels | null> {
  const { name } = file;
  const read = (): Promise<ImportedLabels | null> =>
    app.attempt(async () => {
      const report = await app.connection.call('labels.importFile', {
        ...{ name, text: await file.text() },
      });
      await app.library.refresh();
      return report;
    });
  const report = await read();
  if (!report || report.changed === 0) return report;
  const putBack = (): Promise<unknown> =>
    app.attempt(async () => {
      await app.connection.call('labels.edit', { edits: report.former });
      await app.library.refresh();
    });
  const text = `${countOf(report.changed, 'picture')} labelled by hand from ${name}.`;
  noteLabels(app, { count: report.changed, text, undo: putBack, redo: read });
  return report;
}
