import { countOf } from '../../../formats/formats.ts';
import type { AppState } from '../../../app/app-state.svelte.ts';
import type { NearGroup } from '../../../app/library/near-duplicates.svelte.ts';
import type { ShownPair } from '../../../app/verdicts/verdict-history.svelte.ts';

/**
 * Judges the links of near-duplicates the same, in one edit. Pairs on which a verdict is in force, or
 * that are unsure, stay as they are, and what shows nothing is the same as nothing; the sentence that
 * is shown counts both.
 */
export function markSame(app: AppState, groups: readonly NearGroup[], run: number): void {
  const { judged, library, notices, verdicts } = app;
  const picture = (id: number) => {
    return { hash: library.pictures.hashOf(id), path: library.pictures.pathOf(id) };
  };
  const links = groups.flatMap((group) => group.links);
  const seen = links.filter(({ pair }) => !pair.some((id) => library.pictures.isBlank(id)));
  const pairs = seen.map(({ pair: [first, second] }): ShownPair => [
    picture(first),
    picture(second),
  ]);
  const saidOf = ([first, second]: ShownPair) => judged.pairs.settled(first.hash, second.hash);
  const open = pairs.filter((pair) => saidOf(pair) === null);
  const otherwise = pairs.filter((pair) => !['same', null].includes(saidOf(pair))).length;
  const rest = otherwise === 0 ? '' : ` ${countOf(otherwise, 'pair')} judged otherwise stays so.`;
  const blank = links.length - seen.length;
  const left = blank === 0 ? '' : ` ${countOf(blank, 'pair')} with a blank picture left out.`;
  const text = `${countOf(open.length, 'pair')} marked as the same thing.${rest}${left}`;
  if (open.length === 0) notices.show(text);
  else {
    const name = `${countOf(open.length, 'verdict')} on near-duplicates`;
    verdicts.judgeAll(open, { verdict: 'same', note: '', run }, { name, text });
  }
}
