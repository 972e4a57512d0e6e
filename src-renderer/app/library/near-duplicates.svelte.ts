import type { NearDuplicates } from '../../../src-main/contract/near-duplicates.ts';
import type { Verdict, VerdictGroups } from '../../../src-main/contract/verdicts.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { latestOnly, type LatestOnly } from '../../connection/latest-only.ts';
import type { Pictures } from './pictures.ts';
import type { Edit } from '../undo/undo-history.svelte.ts';

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

type HashPair = [string, string];
/** How many verdicts are sent to the engine at a time. */
const atOnce = 32;

/** The near-duplicates of a run, and judging their pairs the same. */
export class NearDuplicatesState {
  /** Null until it was asked for, or where the run's neighbours are not known. */
  found = $state.raw<NearDuplicates | null>(null);
  /** The run and threshold of `found`; null before the first answer. */
  answered = $state.raw<Question | null>(null);
  readonly groups: readonly NearGroup[] = $derived(this.found ? groupsOf(this.found) : []);
  /** The group of "same" verdicts that a picture is in, by content hash. */
  #sameGroups = $state.raw<ReadonlyMap<string, number>>(groupByHash([]));
  readonly load: LatestOnly<Question>;
  /** Reads which pictures were judged the same. */
  readonly refreshSame: () => Promise<void>;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.load = latestOnly(
      (question: Question) => connection.call('runs.nearDuplicates', question),
      (found, question) => {
        this.found = found;
        this.answered = question;
      },
    );
    const readSame = latestOnly<'all', VerdictGroups>(
      () => connection.call('verdicts.groups', {}),
      ({ groups }) => (this.#sameGroups = groupByHash(groups)),
    );
    this.refreshSame = () => readSame('all');
  }

  /** Whether two pictures, by content hash, are the same by a verdict or a chain of verdicts. */
  isSame(first: string, second: string): boolean {
    const group = this.#sameGroups.get(first);
    return group !== undefined && group === this.#sameGroups.get(second);
  }

  /**
   * Saves "same" on every link of the groups that has no verdict yet; resolves to the edit (for
   * undo), how many links were marked, and how many keep another verdict.
   */
  async markSame(
    groups: readonly NearGroup[],
    pictures: Pictures,
    run: number,
  ): Promise<{ readonly edit: Edit; readonly otherwise: number; readonly marked: number }> {
    const known = verdictsByPair(await this.#connection.call('verdicts.list', {}));
    const pairs = groups.flatMap(({ links }) =>
      links.map(({ pair: [a, b] }): HashPair => [pictures.hashOf(a), pictures.hashOf(b)]),
    );
    const isOpen = (pair: HashPair): boolean => !known.has(keyOf(pair));
    const open = pairs.filter(isOpen);
    const judge = (): Promise<void> =>
      this.#each(open, (pair) =>
        this.#connection.call('verdicts.set', { pair, verdict: 'same', run }),
      );
    await judge();
    const edit: Edit = {
      name: open.length === 1 ? 'a verdict' : `${open.length} verdicts`,
      undo: () => this.#each(open, (pair) => this.#connection.call('verdicts.remove', { pair })),
      redo: judge,
    };
    const otherwise = pairs.filter((pair) => !['same', undefined].includes(known.get(keyOf(pair))));
    return { edit, otherwise: otherwise.length, marked: open.length };
  }

  clear(): void {
    this.load.drop();
    this.found = null;
    this.answered = null;
  }

  async #each(
    pairs: readonly HashPair[],
    work: (pair: HashPair) => Promise<unknown>,
  ): Promise<void> {
    for (let first = 0; first < pairs.length; first += atOnce) {
      await Promise.all(pairs.slice(first, first + atOnce).map(work));
    }
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

function groupByHash(groups: VerdictGroups['groups']): ReadonlyMap<string, number> {
  return new Map(
    groups.flatMap((pictures, group) => pictures.map(({ hash }) => [hash, group] as const)),
  );
}

function verdictsByPair(verdicts: readonly Verdict[]): ReadonlyMap<string, string> {
  return new Map(
    verdicts.map(({ pair: [a, b], verdict }) => [keyOf([a.hash, b.hash]), verdict] as const),
  );
}

function keyOf([first, second]: HashPair): string {
  return first < second ? `${first} ${second}` : `${second} ${first}`;
}
