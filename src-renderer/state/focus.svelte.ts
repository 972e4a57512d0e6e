import { SvelteSet } from 'svelte/reactivity';

export type SelectMode = 'replace' | 'add' | 'remove';

/** What the eye is on: the hovered picture, the lassoed ones, and the filters that dim the rest. */
export class Focus {
  hoveredId = $state<number | null>(null);
  selection = $state.raw<ReadonlySet<number>>(new Set());
  query = $state('');
  readonly labels = new SvelteSet<string>();
  readonly isFiltering = $derived(this.query.trim() !== '' || this.labels.size > 0);

  select(ids: Iterable<number>, mode: SelectMode): void {
    const next = new Set(mode === 'replace' ? [] : this.selection);
    for (const id of ids) {
      if (mode === 'remove') next.delete(id);
      else next.add(id);
    }
    this.selection = next;
  }

  toggleLabel(label: string): void {
    if (!this.labels.delete(label)) this.labels.add(label);
  }

  clear(): void {
    this.selection = new Set();
    this.labels.clear();
    this.query = '';
  }
}
