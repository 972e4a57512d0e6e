import { verdictInForce } from '../../contract/verdict-in-force.ts';

/** What verdicts say of rows. */
export interface JudgedRows {
  /** The number of each row's group within which verdicts pass on, -1 for none. */
  readonly groups: Int32Array;
  /** The pairs of rows judged the same; those of one group may be left out. */
  readonly same: readonly (readonly [number, number])[];
  /** The pairs of rows judged different. */
  readonly different: readonly (readonly [number, number])[];
}

/** For each row or group the others, each with the number of verdicts between them. */
type Counts = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** The verdicts in force on pairs of rows. */
export class RowVerdicts {
  readonly #groups: Int32Array;
  readonly #rowsOfGroup = new Map<number, number[]>();
  readonly #same: Counts;
  readonly #different: Counts;
  /** The verdicts "different" between groups, or rows without one (see `#groupOf`). */
  readonly #apart: Counts;

  constructor({ groups, same, different }: JudgedRows) {
    this.#groups = groups;
    for (let row = 0; row < groups.length; row++) {
      const group = groups[row] as number;
      if (group < 0) continue;
      const rows = this.#rowsOfGroup.get(group);
      if (rows) rows.push(row);
      else this.#rowsOfGroup.set(group, [row]);
    }
    this.#same = bothWays(same);
    this.#different = bothWays(different);
    this.#apart = bothWays(
      different.map(([one, other]) => [this.#groupOf(one), this.#groupOf(other)] as const),
    );
  }

  /** The verdict in force (`verdictInForce`) on two different rows. */
  inForce(row: number, other: number): 'same' | 'different' | null {
    const [group, otherGroup] = [this.#groupOf(row), this.#groupOf(other)];
    return verdictInForce({
      own: this.#own(row, other),
      isOneGroup: group === otherGroup,
      differentBetween: this.#apart.get(group)?.get(otherGroup) ?? 0,
    });
  }

  /** The other rows on which "same" is in force with a row, ascending. */
  sameAs(row: number): number[] {
    const rows = new Set([
      ...(this.#same.get(row)?.keys() ?? []),
      ...(this.#rowsOfGroup.get(this.#groups[row] ?? -1) ?? []),
    ]);
    return [...rows]
      .filter((other) => other !== row && this.inForce(row, other) === 'same')
      .sort((a, b) => a - b);
  }

  #own(row: number, other: number): 'same' | 'different' | null {
    if (this.#same.get(row)?.has(other) === true) return 'same';
    return this.#different.get(row)?.has(other) === true ? 'different' : null;
  }

  /** A number below -1 stands for a row that is alone. */
  #groupOf(row: number): number {
    const group = this.#groups[row] ?? -1;
    return group >= 0 ? group : -2 - row;
  }
}

function bothWays(pairs: readonly (readonly [number, number])[]): Counts {
  const others = new Map<number, Map<number, number>>();
  const add = (one: number, other: number): void => {
    const known = others.get(one);
    if (known) known.set(other, (known.get(other) ?? 0) + 1);
    else others.set(one, new Map([[other, 1]]));
  };
  for (const [one, other] of pairs) {
    add(one, other);
    if (one !== other) add(other, one);
  }
  return others;
}
