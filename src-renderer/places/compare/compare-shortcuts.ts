import { isPlain, type Shortcut } from '../../frame/shortcut.ts';

/** Keys of the Compare place. */
export const compareShortcuts: readonly Shortcut[] = [
  {
    keys: ['X'],
    does: 'Swap the two runs',
    matches: (event, { places }) => places.current === 'compare' && isPlain(event, 'x'),
    run: ({ comparison }) => comparison.swap(),
  },
  {
    keys: ['T'],
    does: 'Show or hide trails between both places',
    matches: (event, { places }) => places.current === 'compare' && isPlain(event, 't'),
    run: ({ comparison }) => (comparison.hasTrails = !comparison.hasTrails),
  },
];
