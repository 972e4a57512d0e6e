import { chainBetween, groupVerdicts, sameNeighbours } from './verdict-groups.ts';
import type { GroupedVerdicts, Neighbours, PairVerdict } from './verdict-groups.ts';
import { verdictInForce } from './verdict-in-force.ts';
import type { VerdictKind } from './verdicts.ts';

/** A key for a pair of pictures, the same in either order. */
export function samePairKey(first: string, second: string): string {
  return first < second ? `${first} ${second}` : `${second} ${first}`;
}

/** What the verdicts on other pairs decide about a pair, and through which pictures. */
export interface ImpliedVerdict {
  readonly verdict: 'same' | 'different';
  /**
   * A chain from one picture of the pair to the other; each is the same as the next, except at the step
   * `apart`.
   */
  readonly chain: readonly string[];
  /**
   * The index in the chain of the picture that is different from the next; null where all are the same.
   */
  readonly apart: number | null;
}

/**
 * What verdicts decide about any pair: by a verdict on the pair itself, or by verdicts on others. A = B
 * and B = C decide that A is the same as C; A = B and B ≠ C decide that A is different from C.
 */
export class JudgedPairs<V extends PairVerdict = PairVerdict> {
  readonly grouped: GroupedVerdicts;
  readonly #byPair: ReadonlyMap<string, V>;
  readonly #neighbours: Neighbours;
  readonly #groupOf = new Map<string, string>();
  /** Every picture with a verdict. */
  readonly #pictures = new Set<string>();
  /** By `samePairKey` of the names of two groups: the pictures of a "different" verdict between them. */
  readonly #apart = new Map<string, readonly [string, string]>();

  constructor(verdicts: readonly V[]) {
    this.grouped = groupVerdicts(verdicts);
    this.#byPair = new Map(
      verdicts.map((verdict) => [samePairKey(verdict.hashA, verdict.hashB), verdict]),
    );
    this.#neighbours = sameNeighbours(verdicts);
    for (const group of this.grouped.groups) {
      for (const hash of group) this.#groupOf.set(hash, group[0] ?? hash);
    }
    for (const { hashA, hashB, verdict } of verdicts) {
      this.#pictures.add(hashA).add(hashB);
      if (verdict === 'different') this.#apart.set(this.#groupsKey(hashA, hashB), [hashA, hashB]);
    }
  }

  /** The verdict on the pair itself. */
  own(first: string, second: string): V | null {
    return this.#byPair.get(samePairKey(first, second)) ?? null;
  }

  /** What other verdicts decide, whatever the verdict on the pair itself. */
  implied(first: string, second: string): ImpliedVerdict | null {
    if (this.#groupName(first) === this.#groupName(second)) return this.#impliedSame(first, second);
    const step = this.#apart.get(this.#groupsKey(first, second));
    if (step === undefined || this.#isPair(step, first, second)) return null;
    const [near, far] =
      this.#groupName(step[0]) === this.#groupName(first) ? step : [step[1], step[0]];
    const before = chainBetween(this.#neighbours, first, near);
    const after = chainBetween(this.#neighbours, far, second);
    return { verdict: 'different', chain: [...before, ...after], apart: before.length - 1 };
  }

  /** The verdict in force on a pair (`verdictInForce`), or "unsure" where that alone was said. */
  settled(first: string, second: string): VerdictKind | null {
    return this.inForce(first, second) ?? this.own(first, second)?.verdict ?? null;
  }

  /** The verdict that bins, queue and exports go by (`verdictInForce`). */
  inForce(first: string, second: string): 'same' | 'different' | null {
    return verdictInForce({
      own: this.own(first, second)?.verdict ?? null,
      isOneGroup: this.#groupName(first) === this.#groupName(second),
      areGroupsApart: this.#apart.has(this.#groupsKey(first, second)),
    });
  }

  /** Every picture on which a verdict with this one is in force. */
  decidedWith(hash: string): { readonly same: string[]; readonly different: string[] } {
    const decided = { same: [] as string[], different: [] as string[] };
    for (const other of this.#pictures) {
      const verdict = other === hash ? null : this.inForce(hash, other);
      if (verdict !== null) decided[verdict].push(other);
    }
    return decided;
  }

  /** Whether the pair's own verdict is against what follows from others. */
  isContradicted(first: string, second: string): boolean {
    const own = this.own(first, second)?.verdict ?? 'unsure';
    return own !== 'unsure' && (this.implied(first, second)?.verdict ?? own) !== own;
  }

  #impliedSame(first: string, second: string): ImpliedVerdict | null {
    const chain = chainBetween(this.#neighbours, first, second);
    return chain.length > 2 ? { verdict: 'same', chain, apart: null } : null;
  }

  #isPair([one, other]: readonly [string, string], first: string, second: string): boolean {
    return samePairKey(one, other) === samePairKey(first, second);
  }

  #groupName(hash: string): string {
    return this.#groupOf.get(hash) ?? hash;
  }

  #groupsKey(first: string, second: string): string {
    return samePairKey(this.#groupName(first), this.#groupName(second));
  }
}
