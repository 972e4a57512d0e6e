import type { VerdictKind } from '../../../src-main/contract/verdicts.ts';
import { alikeAtMost } from '../../../src-main/contract/verdict-queue.ts';
import type { AppState } from '../app-state.svelte.ts';
import type { ReviewPair } from '../verdicts/review-pair.ts';
import { formatCount } from '../../../src-main/contract/format-count.ts';
import { countOf } from '../../formats/formats.ts';
import { namesOf } from '../verdicts/pair-words.ts';
import { sentenceOf } from '../verdicts/verdict-words.ts';
import { openAmong } from './judge-pairs.ts';
import type { ShownPair } from '../verdicts/verdict-history.svelte.ts';

/** Judges the pair on the Review page, and the pairs like it where that was asked for. */
export function answerPair(app: AppState, verdict: VerdictKind): void {
  const { review, runs } = app;
  if (review.isForAlike && canJudgeAlike(review.current)) void answerAlike(app, verdict);
  else review.answer(verdict, runs.embeddedNumber);
}

/** Whether there are pairs like one, between near-duplicates of both, and few enough to judge at once. */
export function canJudgeAlike(pair: ReviewPair | null): boolean {
  const alike = pair?.alike ?? 0;
  return alike > 0 && alike < alikeAtMost;
}

/** Judges the pair on the Review page and every open pair like it, in one edit. */
export async function answerAlike(app: AppState, verdict: VerdictKind): Promise<void> {
  const { connection, review, runs } = app;
  const pair = review.current;
  const run = review.shownQueue?.run ?? runs.embeddedNumber;
  if (pair === null || run === null || !canJudgeAlike(pair)) return;
  const hashes: [string, string] = [pair.anchor.hash, pair.candidate.hash];
  const found = await app.attempt(() => connection.call('verdicts.alike', { run, pair: hashes }));
  // Another pair came on screen meanwhile.
  if (found === null || review.current !== pair) return;
  const given: ShownPair = [pair.anchor, pair.candidate];
  const pairs = [given, ...openAmong(app, found.pairs, verdict)];
  const count = countOf(pairs.length, 'pair');
  app.verdicts.judgeAll(
    pairs,
    { verdict, note: review.note, run },
    {
      name: `${countOf(pairs.length, 'verdict')} on near-duplicates`,
      text: `${namesOf(given)} and ${formatCount(pairs.length - 1)} more like it: ${count} ${sentenceOf({ verdict })}.`,
    },
  );
  review.advance();
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
