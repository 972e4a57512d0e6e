import { isPlain, type Shortcut } from '../../frame/shortcut.ts';
import type { AppState } from '../../state/app-state.svelte.ts';

function isPair({ places, comparison }: AppState): boolean {
  return places.current === 'compare' && comparison.tab === 'pair';
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
    does: 'Show or hide trails between both places',
    matches: (event, app) => isPair(app) && isPlain(event, 't'),
    run: ({ comparison }) => (comparison.hasTrails = !comparison.hasTrails),
  },
];
