import { SvelteSet } from 'svelte/reactivity';
import type { SelectionMode } from '../map/map-props.ts';
import { changeSelection, emptySelection } from './selection.ts';

/** What the eye is on: the hovered picture, the lassoed ones, and the filters that dim the rest. */
export class Focus {
  hoveredId = $state<number | null>(null);
  selection = $state.raw<ReadonlySet<number>>(emptySelection);
  query = $state('');
  readonly labels = new SvelteSet<string>();
  readonly isFiltering = $derived(this.query.trim() !== '' || this.labels.size > 0);

  select(ids: Iterable<number>, mode: SelectionMode): void {
    this.selection = changeSelection(this.selection, ids, mode);
  }

  toggleLabel(label: string): void {
    if (!this.labels.delete(label)) this.labels.add(label);
  }

  clear(): void {
    this.selection = emptySelection;
    this.labels.clear();
    this.query = '';
  }
}
