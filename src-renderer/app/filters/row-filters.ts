import { noLabel } from '../../../src-main/contract/label-sets.ts';
import { binNames } from '../../../src-main/contract/bins.ts';
import type { ShownNegatives } from '../anchor/shown-negatives.ts';
import type { PictureMarksState } from '../library/picture-marks.svelte.ts';
import type { PictureNumbersState } from '../library/picture-numbers.svelte.ts';
import type { Pictures } from '../library/pictures.ts';
import type { JudgedPictures } from '../verdicts/judged-pictures.svelte.ts';
import type { RowFilter } from './filtered-rows.ts';
import type { Focus } from './focus.svelte.ts';

/** What filters of pictures are read from; all of it is reactive. */
export interface FilterSources {
  readonly focus: Focus;
  readonly library: { readonly pictures: Pictures };
  readonly shownNegatives: ShownNegatives | null;
  readonly judged: Pick<JudgedPictures, 'kindOf'>;
  readonly marks: Pick<PictureMarksState, 'byMark'>;
  readonly numbers: Pick<PictureNumbersState, 'column'>;
}

/** The filters that are set, of rows of the library; `bins` holds each row's bin, 255 for none. */
export function rowFilters(sources: FilterSources, bins: Uint8Array): RowFilter[] {
  return [
    ...nameFilters(sources),
    ...labelFilters(sources),
    ...splitFilters(sources),
    ...binFilters(sources, bins),
    ...verdictFilters(sources),
    ...markFilters(sources),
    ...numberFilters(sources),
  ];
}

function nameFilters({ focus, library }: FilterSources): RowFilter[] {
  if (focus.query.trim() === '') return [];
  const found = new Set(library.pictures.search(focus.query));
  return [{ name: 'name', passes: (row) => found.has(row) }];
}

function labelFilters({ focus, library }: FilterSources): RowFilter[] {
  if (focus.labels.size === 0) return [];
  const { labels, labelMembers, labelIndex } = library.pictures.columns;
  // Read once: every access of a reactive set counts at 50,000 rows.
  // The empty name stands for pictures without a label.
  const takesNone = focus.labels.has('');
  const isChosen = labels.map((label) => focus.labels.has(label));
  const isWanted = labelMembers.map(
    (members, label) => isChosen[label] === true || members.some((member) => isChosen[member]),
  );
  return [{ name: 'label', passes: (row) => isWanted[labelIndex[row] ?? noLabel] ?? takesNone }];
}

function splitFilters({ focus, library }: FilterSources): RowFilter[] {
  if (focus.splits.size === 0) return [];
  const { splits, splitIndex } = library.pictures.columns;
  // The empty name stands for pictures without a split.
  const takesNone = focus.splits.has('');
  const isWanted = splits.map((split) => focus.splits.has(split));
  return [{ name: 'split', passes: (row) => isWanted[splitIndex[row] ?? -1] ?? takesNone }];
}

function binFilters({ focus, shownNegatives }: FilterSources, bins: Uint8Array): RowFilter[] {
  if (focus.bins.size === 0 || shownNegatives === null) return [];
  const isWanted = binNames.map((name) => focus.bins.has(name));
  return [{ name: 'bin', passes: (row) => isWanted[bins[row] ?? binNames.length] ?? false }];
}

function verdictFilters({ focus, judged, library }: FilterSources): RowFilter[] {
  if (focus.verdicts.size === 0) return [];
  const { pictures } = library;
  const kinds = new Set(focus.verdicts);
  return [{ name: 'verdict', passes: (row) => kinds.has(judged.kindOf(pictures.hashAt(row))) }];
}

/** A picture with any of the marks passes. */
function markFilters({ focus, marks, library }: FilterSources): RowFilter[] {
  if (focus.marks.size === 0) return [];
  const { pictures } = library;
  const marked = [...focus.marks].map((mark) => marks.byMark.get(mark));
  const passes = (row: number): boolean => {
    const hash = pictures.hashAt(row);
    return marked.some((hashes) => hashes?.has(hash));
  };
  return [{ name: 'mark', passes }];
}

function numberFilters({ focus, numbers }: FilterSources): RowFilter[] {
  return [...focus.ranges].flatMap(([name, { from, to }]) => {
    const values = numbers.column(name)?.values;
    if (!values) return [];
    return {
      name,
      passes: (row: number) => {
        const value = values[row] ?? NaN;
        return value >= from && value <= to;
      },
    };
  });
}
