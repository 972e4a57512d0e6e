import { labelRelation } from '../../../contract/label-relation.ts';
import { noLabel } from '../../../contract/label-sets.ts';
import { truths } from './truths.ts';
import type { KnownPairs } from '../../verdicts/false-pairs.ts';
import { RowVerdicts } from '../../verdicts/row-verdicts.ts';

/**
 * What labels and verdicts say of pairs of rows, a verdict before labels. `count` is the number of rows.
 */
export class PairTruth {
  readonly #known: KnownPairs;
  readonly #count: number;
  readonly #verdicts: RowVerdicts;
  /** The rows on which any verdict was given. */
  readonly #judged: readonly number[];
  readonly #isJudged: Uint8Array;

  constructor(known: KnownPairs, count: number) {
    this.#known = known;
    this.#count = count;
    this.#verdicts = new RowVerdicts(known);
    this.#isJudged = new Uint8Array(count);
    for (let row = 0; row < Math.min(count, known.groups.length); row++) {
      if ((known.groups[row] as number) >= 0) this.#isJudged[row] = 1;
    }
    for (const row of [...known.same, ...known.different].flat()) {
      if (row < count) this.#isJudged[row] = 1;
    }
    this.#judged = rowsMarked(this.#isJudged);
  }

  /** One of `truths` for each row, seen from an anchor, [M]; "unknown" for itself. */
  of(anchor: number): Uint8Array {
    const { labels, labelMembers } = this.#known;
    const own = labels[anchor] ?? noLabel;
    const truth = new Uint8Array(this.#count);
    if (own !== noLabel) {
      const relations = truthsBy(own, labelMembers);
      for (let row = 0; row < truth.length; row++) {
        const label = labels[row] as number;
        truth[row] = label === noLabel ? truths.unknown : (relations[label] as number);
      }
    }
    if (this.#isJudged[anchor] === 1) {
      for (const row of this.#judged) {
        const verdict = row === anchor ? null : this.#verdicts.inForce(anchor, row);
        if (verdict !== null) truth[row] = truths[verdict];
      }
    }
    truth[anchor] = truths.unknown;
    return truth;
  }

  /** One of `truths` for a pair of different rows. */
  ofPair(anchor: number, other: number): number {
    const verdict = this.#verdicts.inForce(anchor, other);
    if (verdict !== null) return truths[verdict];
    const { labels, labelMembers } = this.#known;
    const [own, label] = [labels[anchor] ?? noLabel, labels[other] ?? noLabel];
    return truths[labelRelation(own, label, labelMembers)];
  }
}

/** The relation of a label to every label, by their numbers. */
function truthsBy(own: number, members: KnownPairs['labelMembers']): Uint8Array {
  return Uint8Array.from(members, (_, label) => truths[labelRelation(own, label, members)]);
}

/** The rows that are marked by 1, ascending; few of many. */
function rowsMarked(marks: Uint8Array): number[] {
  const rows: number[] = [];
  for (let row = marks.indexOf(1); row >= 0; row = marks.indexOf(1, row + 1)) rows.push(row);
  return rows;
}
