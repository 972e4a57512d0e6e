import type { MethodInput } from '../../../src-main/contract/methods.ts';

/** Of which pairs at least one picture, or both, are selected in Explore; `any` asks for neither. */
export const selectionUses = ['any', 'both', 'one'] as const;
export type SelectionUse = (typeof selectionUses)[number];

/** What of the input of a queue the filter says. */
type FilterInput = Pick<MethodInput<'verdicts.queue'>, 'labels' | 'selection'>;

/** Which pairs of a run the queue has. */
export class QueueFilter {
  /** A label that one picture of the pair has; empty for any. */
  label = $state('');
  /** A label that the other picture has; empty for any. Says nothing without `label`. */
  otherLabel = $state('');
  selectionUse = $state<SelectionUse>('any');
  /** The selection by which the queue was read last; null where it went by none. */
  selection = $state.raw<ReadonlySet<number> | null>(null);
  readonly isOn: boolean = $derived(this.label !== '' || this.selectionUse !== 'any');

  clear(): void {
    this.label = '';
    this.otherLabel = '';
    this.selectionUse = 'any';
    this.selection = null;
  }

  /** The filter as the engine takes it, and remembers the selection that it goes by. */
  take(selected: ReadonlySet<number>): FilterInput {
    const { label, otherLabel, selectionUse } = this;
    this.selection = selectionUse === 'any' ? null : selected;
    return {
      ...(label !== '' && { labels: otherLabel === '' ? [label] : [label, otherLabel] }),
      ...(selectionUse !== 'any' && {
        selection: { ids: [...selected], both: selectionUse === 'both' },
      }),
    };
  }

  /** Whether it goes by a selection that is not the one of the moment. */
  isBehind(selected: ReadonlySet<number>): boolean {
    return this.selectionUse !== 'any' && this.selection !== selected;
  }
}
