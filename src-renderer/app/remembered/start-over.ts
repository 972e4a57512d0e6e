interface Clearable {
  clear(): void;
}

/** What shows something of the open library, as far as it is not read anew when one is opened. */
interface ShownStates {
  readonly library: { readonly isOpen: boolean };
  readonly recall: { readonly shown: string | null };
  readonly anchor: { reset(): void };
  readonly explore: { inspectedId: number | null; isSelectionOpen: boolean };
  readonly libraryPage: { chosenId: number | null };
  readonly runs: { currentNumber: number | null };
  readonly notices: Clearable;
  readonly jobs: Clearable;
  readonly comparison: Clearable;
  readonly pay: Clearable;
  readonly runTable: Clearable;
  readonly explanation: Clearable;
  readonly ledger: Clearable;
  readonly nearDuplicates: Clearable;
  readonly labelRules: Clearable;
  readonly focus: Clearable;
  readonly verdicts: Clearable;
  readonly marks: Clearable;
  readonly review: Clearable;
}

/** Forgets in the window what it showed of another library than the one that is open now. */
export function startOver(app: ShownStates): void {
  // What was told before the first library was opened, such as how it begins, is of no other library.
  if (app.library.isOpen && app.recall.shown !== null) {
    app.notices.clear();
    app.jobs.clear();
  }
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
