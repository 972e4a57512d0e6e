import type { RunSummary } from '../../../../src-main/contract/runs.ts';
import { isPlain, isTyping, type ShortcutRow } from '../../../app/shortcuts/shortcut.ts';
import type { AppState } from '../../../app/app-state.svelte.ts';

/** What the shortcut sheet says of a row of the table of runs. */
export const runKeys: readonly ShortcutRow[] = [
  { keys: ['F2'], does: 'Rename the run' },
  { keys: ['Del'], does: 'Delete the run; Ctrl Z brings it back' },
];

/** Does what a key means on a row of the table of runs. */
export function runKey(event: KeyboardEvent, { runTable }: AppState, run: RunSummary): void {
  if (isTyping(event.target) || run.deleted !== null) return;
  if (isPlain(event, 'F2')) runTable.editing = { run: run.run, what: 'name' };
  else if (isPlain(event, 'Delete')) void runTable.care.delete(run);
  else return;
  event.preventDefault();
}
