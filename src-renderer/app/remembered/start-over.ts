import type { AppState } from '../app-state.svelte.ts';
import { TrainForm } from '../training/train-form.svelte.ts';

/** Forgets in the window what it showed of another library than the one that is open now. */
export function startOver(app: AppState): void {
  // What was told before the first library was opened, such as how it begins, is of no other library.
  if (app.library.isOpen && app.recall.shown !== null) {
    app.notices.clear();
    app.jobs.clear();
  }
  app.trainForm = new TrainForm(() => app.trainable);
  app.anchor.reset();
  app.comparison.clear();
  app.pay.clear();
  app.runTable.clear();
  app.explanation.clear();
  app.ledger.clear();
  app.explore.inspectedId = null;
  app.libraryPage.chosenId = null;
  app.nearDuplicates.clear();
  app.labelRules.clear();
  app.focus.clear();
  app.verdicts.clear();
  app.marks.clear();
  app.explore.isSelectionOpen = false;
  app.review.clear();
  app.runs.currentNumber = null;
}
