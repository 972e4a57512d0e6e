import type { NearDuplicates } from '../../../src-main/contract/near-duplicates.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { latestOnly, type LatestOnly } from '../../connection/latest-only.ts';

interface Question {
  readonly run: number;
  readonly threshold: number;
}

/** Pictures that a run finds nearly the same, for the tab to show; ids as in the library. */
export interface NearGroup {
  readonly pictures: readonly number[];
  /** The fewest and nearest pairs that join all pictures of the group. */
  readonly links: readonly {
    readonly pair: readonly [number, number];
    readonly distance: number;
  }[];
}

/** The near-duplicates of a run. */
export class NearDuplicatesState {
  /** Null until it was asked for, or where the run's neighbours are not known. */
  found = $state.raw<NearDuplicates | null>(null);
  /** The run and threshold of `found`; null before the first answer. */
  answered = $state.raw<Question | null>(null);
  readonly groups: readonly NearGroup[] = $derived(this.found ? groupsOf(this.found) : []);
  readonly load: LatestOnly<Question>;

  constructor(connection: Connection) {
    this.load = latestOnly(
      (question: Question) => connection.call('runs.nearDuplicates', question),
      (found, question) => {
        this.found = found;
        this.answered = question;
      },
    );
  }

  clear(): void {
    this.load.drop();
    this.found = null;
    this.answered = null;
  }
}

function groupsOf({ first, second, distance, groups }: NearDuplicates): NearGroup[] {
  return groups.map(({ pictures, links }) => ({
    pictures: [...pictures],
    links: Array.from(links, (index) => ({
      pair: [first[index] ?? -1, second[index] ?? -1] as const,
      distance: distance[index] ?? 0,
    })),
  }));
}
