import { firmGroups } from './firm-groups.ts';
import type { PassOn } from './pass-on.ts';
import { chainBetween, groupVerdicts, sameNeighbours } from './verdict-groups.ts';
import type { GroupedVerdicts, Neighbours, PairVerdict } from './verdict-groups.ts';
import { chainsNeeded, verdictInForce } from './verdict-in-force.ts';
import type { VerdictKind } from './verdicts.ts';

/** A key for a pair of pictures, the same in either order. */
export function samePairKey(first: string, second: string): string {
  return first < second ? `${first} ${second}` : `${second} ${first}`;
}

/** What the verdicts on other pairs decide about a pair, and through which pictures. */
export interface ImpliedVerdict {
  readonly verdict: 'same' | 'different';
  /**
   * The shortest of the chains from one picture of the pair to the other; each is the same as the next,
   * except at the step `apart`.
   */
  readonly chain: readonly string[];
  /**
   * The index in the chain of the picture that is different from the next; null where all are the same.
   */
  readonly apart: number | null;
}

/**
 * What verdicts decide about any pair: by a verdict on the pair itself, or, where verdicts pass on in
 * firm groups, by those on others. Two pictures of one firm group are the same; two firm groups with at
 * least two verdicts "different" between them are different throughout.
 */
export class JudgedPairs<V extends PairVerdict = PairVerdict> {
  readonly passOn: PassOn;
  /** The pictures that "same" connects, whether or not it passes on; and the contradictions in them. */
  readonly grouped: GroupedVerdicts;
  /** The groups within which verdicts pass on; none where they do not pass on. */
  readonly passing: readonly (readonly string[])[];
  readonly #byPair: ReadonlyMap<string, V>;
  readonly #neighbours: Neighbours;
  readonly #groupOf = new Map<string, string>();
  /** Every picture with a verdict. */
  readonly #pictures = new Set<string>();
  /** By `samePairKey` of the names of two groups: the pairs judged different between them. */
  readonly #apart = new Map<string, (readonly [string, string])[]>();

  constructor(verdicts: readonly V[], passOn: PassOn) {
    this.passOn = passOn;
    this.grouped = groupVerdicts(verdicts);
    this.passing = passOn === 'groups' ? firmGroups(verdicts).groups : [];
    this.#byPair = new Map(
      verdicts.map((verdict) => [samePairKey(verdict.hashA, verdict.hashB), verdict]),
    );
    this.#neighbours = sameNeighbours(verdicts);
    for (const group of this.passing) {
      for (const hash of group) this.#groupOf.set(hash, group[0] ?? hash);
    }
    for (const { hashA, hashB, verdict } of verdicts) {
      this.#pictures.add(hashA).add(hashB);
      if (verdict === 'different') this.#between(hashA, hashB).push([hashA, hashB]);
    }
  }

  /** The verdict on the pair itself. */
  own(first: string, second: string): V | null {
    return this.#byPair.get(samePairKey(first, second)) ?? null;
  }

  /** What other verdicts decide, whatever the verdict on the pair itself. */
  implied(first: string, second: string): ImpliedVerdict | null {
    if (this.#isOneGroup(first, second)) return this.#impliedSame(first, second);
    const steps = (this.#apart.get(this.#groupsKey(first, second)) ?? []).filter(
      (step) => samePairKey(...step) !== samePairKey(first, second),
    );
    const [step] = steps;
    if (step === undefined || steps.length < chainsNeeded) return null;
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
      isOneGroup: this.#isOneGroup(first, second),
      differentBetween: this.#apart.get(this.#groupsKey(first, second))?.length ?? 0,
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

  /** Whether a chain of `grouped.conflicts` contradicts what is passed on, so that no training takes verdicts. */
  isBarring(chain: readonly string[]): boolean {
    return this.#isOneGroup(chain[0] ?? '', chain.at(-1) ?? '');
  }

  #impliedSame(first: string, second: string): ImpliedVerdict | null {
    const chain = chainBetween(this.#neighbours, first, second);
    return chain.length > 2 ? { verdict: 'same', chain, apart: null } : null;
  }

  #isOneGroup(first: string, second: string): boolean {
    return this.#groupName(first) === this.#groupName(second);
  }

  #groupName(hash: string): string {
    return this.#groupOf.get(hash) ?? hash;
  }

  #groupsKey(first: string, second: string): string {
    return samePairKey(this.#groupName(first), this.#groupName(second));
  }

  #between(first: string, second: string): (readonly [string, string])[] {
    const key = this.#groupsKey(first, second);
    const known = this.#apart.get(key);
    if (known !== undefined) return known;
    const pairs: (readonly [string, string])[] = [];
    this.#apart.set(key, pairs);
    return pairs;
  }
}
