import type { VerdictKind } from '../../../src-main/contract/verdicts.ts';
import type { AppState } from '../app-state.svelte.ts';
import type { ShownPair } from '../verdicts/verdict-history.svelte.ts';

/** Judges the pair on the Review page. */
export function answerPair({ review, runs }: AppState, verdict: VerdictKind): void {
  review.answer(verdict, runs.embeddedNumber);
}

/** The anchor and the negative whose numbers Explore shows; null where it shows none. */
export function inspectedPair({
  explanation,
  explore,
  library: { pictures },
  pages,
}: AppState): ShownPair | null {
  const anchor = explanation.current?.anchor;
  const id = explore.inspectedId;
  if (!anchor || pages.current !== 'explore' || id === null || id === anchor.id) return null;
  return [
    { hash: anchor.hash, path: anchor.path },
    { hash: pictures.hashOf(id), path: pictures.pathOf(id) },
  ];
}

/** Judges that pair; the note that it has stays. */
export function judgeInspected(app: AppState, verdict: VerdictKind): void {
  const pair = inspectedPair(app);
  if (!pair) return;
  const note = app.judged.pairs.own(pair[0].hash, pair[1].hash)?.note ?? '';
  app.verdicts.judge(pair, { verdict, note, run: app.runs.embeddedNumber });
}
