import type { JumpListCategory } from 'electron';
import type { RecentLibrary } from '../../contract/library.ts';
import { libraryLabels } from './recent-labels.ts';

/** A system shows about so many. */
export const mostShown = 10;

/** The jump list of the app's button in Windows' task bar: each entry starts `program` with a library. */
export function jumpListOf(recent: readonly RecentLibrary[], program: string): JumpListCategory[] {
  const shown = recent.slice(0, mostShown);
  // No menu: an ampersand is one.
  const labels = libraryLabels(shown, 'darwin');
  const items = shown.map(({ file }, index) => ({
    type: 'task' as const,
    title: labels[index] ?? file,
    description: file,
    program,
    args: `"${file}"`,
    iconPath: program,
    iconIndex: 0,
  }));
  return items.length === 0 ? [] : [{ type: 'custom', name: 'Libraries', items }];
}
