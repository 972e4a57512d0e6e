import { judgeSame } from '../../../app/actions/judge-pairs.ts';
import type { AppState } from '../../../app/app-state.svelte.ts';
import type { NearGroup } from '../../../app/library/near-duplicates.svelte.ts';
import type { ShownPair } from '../../../app/verdicts/verdict-history.svelte.ts';

/** Judges the links of near-duplicates the same, in one edit. */
export function markSame(app: AppState, groups: readonly NearGroup[], run: number): void {
  const { pictures } = app.library;
  const picture = (id: number) => ({ hash: pictures.hashOf(id), path: pictures.pathOf(id) });
  const pairs = groups.flatMap(({ links }) =>
    links.map(({ pair: [first, second] }): ShownPair => [picture(first), picture(second)]),
  );
  judgeSame(app, pairs, run, 'near-duplicates');
}
