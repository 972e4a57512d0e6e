import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { BinName } from '../../../src-main/contract/bins.ts';
import type { PictureNumberName } from '../../../src-main/contract/picture-numbers.ts';
import type { SelectionMode } from '../../map/scene/map-props.ts';
import type { JudgedKind } from '../verdicts/judged-kinds.ts';
import { changeSelection, emptySelection } from './selection.ts';

/** Values from `from` to `to`, both included. */
interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** The hovered picture, the selected ones, and the filters that dim the others. */
export class Focus {
  hoveredId = $state<number | null>(null);
  selection = $state.raw<ReadonlySet<number>>(emptySelection);
  query = $state('');
  readonly labels = new SvelteSet<string>();
  readonly splits = new SvelteSet<string>();
  readonly bins = new SvelteSet<BinName>();
  readonly verdicts = new SvelteSet<JudgedKind>();
  /** Marks as `PictureMarksState` names them: tags, and being left out of training. */
  readonly marks = new SvelteSet<string>();
  readonly ranges = new SvelteMap<PictureNumberName, NumberRange>();
  readonly isFiltering = $derived(
    this.query.trim() !== '' ||
      [this.labels, this.splits, this.bins, this.verdicts, this.marks, this.ranges].some(
        ({ size }) => size > 0,
      ),
  );

  select(ids: Iterable<number>, mode: SelectionMode): void {
    this.selection = changeSelection(this.selection, ids, mode);
  }

  toggleLabel(label: string): void {
    toggle(this.labels, label);
  }

  toggleSplit(split: string): void {
    toggle(this.splits, split);
  }

  toggleBin(bin: BinName): void {
    toggle(this.bins, bin);
  }

  toggleVerdict(kind: JudgedKind): void {
    toggle(this.verdicts, kind);
  }

  toggleMark(mark: string): void {
    toggle(this.marks, mark);
  }

  clear(): void {
    this.selection = emptySelection;
    this.clearFilters();
  }

  clearFilters(): void {
    this.labels.clear();
    this.splits.clear();
    this.bins.clear();
    this.verdicts.clear();
    this.marks.clear();
    this.ranges.clear();
    this.query = '';
  }
}

function toggle<T>(set: Set<T>, value: T): void {
  if (!set.delete(value)) set.add(value);
}
