import { isPlain, type Shortcut } from '../../app/shortcuts/shortcut.ts';
import type { AppState } from '../../app/app-state.svelte.ts';

function isPair({ pages, comparison }: AppState): boolean {
  return pages.current === 'compare' && comparison.tab === 'pair';
}

/** Keys of two runs that lie side by side. */
export const compareShortcuts: readonly Shortcut[] = [
  {
    keys: ['X'],
    does: 'Swap the two runs',
    matches: (event, app) => isPair(app) && isPlain(event, 'x'),
    run: ({ comparison }) => comparison.swap(),
  },
  {
    keys: ['T'],
    does: 'Show or hide trails between both positions',
    matches: (event, app) => isPair(app) && isPlain(event, 't'),
    run: ({ comparison }) => (comparison.hasTrails = !comparison.hasTrails),
  },
];
