import type { JudgedPicture, VerdictKind } from '../../../src-main/contract/verdicts.ts';
import { formatCount } from '../../../src-main/contract/format-count.ts';
import { countOf } from '../../formats/formats.ts';
import type { AppState } from '../app-state.svelte.ts';
import type { ShownPair } from '../verdicts/verdict-history.svelte.ts';

/** So many pairs are offered one by one at most. */
export const reviewedAtMost = 200;

/** Judges pairs the same, in one edit (`judgePairs`). `what` names them all. */
export function judgeSame(
  app: AppState,
  pairs: readonly ShownPair[],
  run: number | null,
  what: string,
): void {
  judgePairs(app, pairs, { verdict: 'same', run }, what);
}

/** What is said of many pairs at once. */
interface ManyJudgement {
  readonly verdict: VerdictKind;
  readonly run: number | null;
}

/**
 * Judges pairs in one edit. Pairs on which a verdict is in force, or that are unsure, stay as they are,
 * and a blank picture is the same as no other; the sentence that is shown counts those that were not
 * judged so. `what` names them all.
 */
export function judgePairs(
  app: AppState,
  pairs: readonly ShownPair[],
  { verdict, run }: ManyJudgement,
  what: string,
): void {
  const { judged, notices, verdicts } = app;
  const saidOf = ([first, second]: ShownPair) => judged.pairs.settled(first.hash, second.hash);
  const seen = pairs.filter((pair) => verdict !== 'same' || !isAnyBlank(app, pair));
  const open = openAmong(app, pairs, verdict);
  const otherwise = seen.filter((pair) => ![verdict, null].includes(saidOf(pair))).length;
  const rest = otherwise === 0 ? '' : ` ${countOf(otherwise, 'pair')} judged otherwise stays so.`;
  const blank = pairs.length - seen.length;
  const left = blank === 0 ? '' : ` ${countOf(blank, 'pair')} with a blank picture left out.`;
  const text = `${countOf(open.length, 'pair')} marked as ${markedWords[verdict]}.${rest}${left}`;
  if (open.length === 0) notices.show(text);
  else {
    const name = `${countOf(open.length, 'verdict')} on ${what}`;
    verdicts.judgeAll(open, { verdict, note: '', run }, { name, text });
  }
}

/** The pairs that a verdict on many would judge: on them no verdict is in force yet. */
export function openAmong(
  app: AppState,
  pairs: readonly ShownPair[],
  verdict: VerdictKind,
): ShownPair[] {
  return pairs.filter(
    (pair) =>
      app.judged.pairs.settled(pair[0].hash, pair[1].hash) === null &&
      (verdict !== 'same' || !isAnyBlank(app, pair)),
  );
}

function isAnyBlank(app: AppState, pair: ShownPair): boolean {
  return pair.some((picture) => isBlank(app, picture));
}

/** A verdict as the end of a sentence about many pairs. */
const markedWords: Readonly<Record<VerdictKind, string>> = {
  same: 'the same thing',
  different: 'different',
  unsure: 'unsure',
};

function isBlank(
  { library: { pictures } }: AppState,
  { hash }: Pick<JudgedPicture, 'hash'>,
): boolean {
  return pictures.isBlank(pictures.idAt(pictures.rowOfHash(hash)));
}

/** The selected pictures, by id in order, as verdicts name them. */
function selectedPictures({ focus, library }: AppState): JudgedPicture[] {
  const { pictures } = library;
  return [...focus.selection]
    .filter((id) => pictures.rowOf(id) >= 0)
    .sort((a, b) => a - b)
    .map((id) => ({ hash: pictures.hashOf(id), path: pictures.pathOf(id) }));
}

/** So many pictures are judged the same at once at most where every two need a verdict of their own. */
const samePairsOf = 100;

/**
 * Judges all selected pictures but blank ones the same thing: every two, or where verdicts pass on in
 * firm groups each with the next and the last with the first, which makes them one.
 */
export function judgeSelectionSame(app: AppState): void {
  const pictures = selectedPictures(app).filter((picture) => !isBlank(app, picture));
  const isRing = app.judged.passOn.passOn === 'groups';
  if (!isRing && pictures.length > samePairsOf) {
    app.notices.show(
      `${countOf(pictures.length, 'picture')} are too many to judge every two the same. Select at most ${samePairsOf}, or choose “Firm groups” in Review, under Groups.`,
    );
    return;
  }
  const pairs = isRing ? ringOf(pictures) : everyTwo(pictures);
  judgeSame(app, pairs, app.runs.embeddedNumber, 'the selection');
}

/** So many pairs are judged at once at most. */
const judgedAtMost = 10_000;

/** Judges every two of the selected pictures different, in one edit. */
export function judgeSelectionDifferent(app: AppState): void {
  const pictures = selectedPictures(app);
  const pairs = (pictures.length * (pictures.length - 1)) / 2;
  if (pairs > judgedAtMost) {
    app.notices.show(
      `${countOf(pictures.length, 'picture')} make ${formatCount(pairs)} pairs: too many to judge at once. At most ${formatCount(judgedAtMost)} are.`,
    );
    return;
  }
  const run = app.runs.embeddedNumber;
  judgePairs(app, everyTwo(pictures), { verdict: 'different', run }, 'the selection');
}

/** The pairs of the anchor on screen with some pictures, by id; none without an anchor. */
export function pairsWithAnchor(app: AppState, ids: Iterable<number>): ShownPair[] {
  const { pictures } = app.library;
  const anchor = app.explanation.current?.anchor;
  if (anchor === undefined) return [];
  return [...ids]
    .filter((id) => id !== anchor.id && pictures.rowOf(id) >= 0)
    .map((id) => [
      { hash: anchor.hash, path: anchor.path },
      { hash: pictures.hashOf(id), path: pictures.pathOf(id) },
    ]);
}

/** Judges each of some pictures with the anchor on screen, in one edit. */
export function judgeWithAnchor(app: AppState, ids: Iterable<number>, verdict: VerdictKind): void {
  const pairs = pairsWithAnchor(app, ids);
  judgePairs(app, pairs, { verdict, run: app.runs.embeddedNumber }, 'negatives of the anchor');
}

function everyTwo(pictures: readonly JudgedPicture[]): ShownPair[] {
  return pictures.flatMap((picture, index) =>
    pictures.slice(index + 1).map((other): ShownPair => [picture, other]),
  );
}

function ringOf(pictures: readonly JudgedPicture[]): ShownPair[] {
  const [first] = pictures;
  const next = pictures.slice(1);
  const pairs = next.map((other, index): ShownPair => [pictures[index] ?? other, other]);
  const last = next.at(-1);
  return first === undefined || last === undefined || next.length < 2
    ? pairs
    : [...pairs, [last, first]];
}

/**
 * Opens Review on pairs of the selection, the first of them where there are too many: each picture
 * with the anchor, or every two.
 */
export function reviewSelection(app: AppState, withAnchor: boolean): void {
  const pictures = selectedPictures(app);
  const anchor = app.explanation.current?.anchor.hash;
  const pairs = withAnchor
    ? pictures
        .filter(({ hash }) => hash !== anchor)
        .map(({ hash }) => ({ anchor: anchor ?? '', candidate: hash }))
    : pictures.flatMap(({ hash }, index) =>
        pictures.slice(index + 1).map((other) => ({ anchor: hash, candidate: other.hash })),
      );
  app.explore.isSelectionOpen = false;
  app.review.open(
    pairs.slice(0, reviewedAtMost),
    withAnchor ? 'Selection and anchor' : 'Selection',
  );
}
