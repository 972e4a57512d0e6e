/** How far below the positive's similarity a negative must stay not to be suspected. */
export interface Margins {
  /** m of s_ij < s_i+ − m. */
  readonly absolute: number;
  /** r of s_ij < s_i+ (1 − r). */
  readonly relative: number;
}

export const listColumns = [
  'name',
  'label',
  'bin',
  'rank',
  'similarity',
  'share',
  'evidence',
  'verdict',
] as const;
export type ListColumn = (typeof listColumns)[number];

export interface ListSorting {
  readonly column: ListColumn;
  readonly isDescending: boolean;
}

/** What the explorer's panels show besides the anchor itself. */
export class ExplorePageState {
  /** Whether the map's pictures are listed instead of drawn. */
  isList = $state(false);
  listSorting = $state.raw<ListSorting>({ column: 'similarity', isDescending: true });
  /** Whether the list has only the selected pictures, where some are selected. */
  isListOfSelection = $state(true);
  /** Whether the selected pictures are shown by themselves, with what can be done to all of them. */
  isSelectionOpen = $state(false);
  /**
   * The bin whose every picture is listed, by its index in the contract's bins; null shows all
   * bins.
   */
  openBin = $state<number | null>(null);
  /** The negative whose every number is shown; null for none. */
  inspectedId = $state<number | null>(null);
  /** Whether the sheet of the map's layouts is open. */
  isLayoutSheetOpen = $state(false);
  margins = $state.raw<Margins>({ absolute: 0.1, relative: 0.05 });
}
