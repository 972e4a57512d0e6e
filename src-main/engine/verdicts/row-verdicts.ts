import { verdictInForce } from '../../contract/verdict-in-force.ts';

/** The number of each row's group, -1 for none; and the pairs of rows judged different. */
export interface JudgedRows {
  readonly groups: Int32Array;
  readonly different: readonly (readonly [number, number])[];
}

/** The verdicts in force on pairs of rows. */
export class RowVerdicts {
  readonly #groups: Int32Array;
  readonly #different: ReadonlyMap<number, ReadonlySet<number>>;
  /** For each group (or row without one, see `#groupOf`) those that are apart from it. */
  readonly #apart: ReadonlyMap<number, ReadonlySet<number>>;

  constructor({ groups, different }: JudgedRows) {
    this.#groups = groups;
    this.#different = bothWays(different);
    this.#apart = bothWays(
      different.map(([one, other]) => [this.#groupOf(one), this.#groupOf(other)] as const),
    );
  }

  /** The verdict in force (`verdictInForce`) on two different rows. */
  inForce(row: number, other: number): 'same' | 'different' | null {
    const [group, otherGroup] = [this.#groupOf(row), this.#groupOf(other)];
    return verdictInForce({
      // A pair with a "same" of its own is always in one group.
      own: this.#different.get(row)?.has(other) === true ? 'different' : null,
      isOneGroup: group === otherGroup,
      areGroupsApart: this.#apart.get(group)?.has(otherGroup) === true,
    });
  }

  /** A number below -1 stands for a row that is alone. */
  #groupOf(row: number): number {
    const group = this.#groups[row] ?? -1;
    return group >= 0 ? group : -2 - row;
  }
}

function bothWays(
  pairs: readonly (readonly [number, number])[],
): ReadonlyMap<number, ReadonlySet<number>> {
  const others = new Map<number, Set<number>>();
  const add = (one: number, other: number): void => {
    const known = others.get(one);
    if (known) known.add(other);
    else others.set(one, new Set([other]));
  };
  for (const [one, other] of pairs) {
    add(one, other);
    add(other, one);
  }
  return others;
}
