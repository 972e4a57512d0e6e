import { binByKnowledge } from '../../../contract/bins.ts';
import { labelRelation } from '../../../contract/label-relation.ts';
import { noLabel } from '../../../contract/label-sets.ts';
import type { KnownPairs } from '../../verdicts/false-pairs.ts';
import { RowVerdicts } from '../../verdicts/row-verdicts.ts';
import type { LeftOutReason, MineInput } from '../../../contract/mining.ts';
import type { Random } from '../../numeric/random.ts';
import { shuffledOrder } from '../../numeric/random.ts';

type Choice = Pick<MineInput, 'positives' | 'positives_per_anchor' | 'label_aware'>;

/** What labels and verdicts say about pairs of rows. */
export class AnchorRelations {
  readonly #known: KnownPairs;
  readonly #choice: Choice;
  readonly #rowsOfLabel: ReadonlyMap<number, readonly number[]>;
  readonly #verdicts: RowVerdicts;

  constructor(known: KnownPairs, choice: Choice) {
    this.#known = known;
    this.#choice = choice;
    this.#rowsOfLabel = rowsByNumber(known.labels, (label) => known.labelMembers[label] ?? [label]);
    this.#verdicts = new RowVerdicts(known);
  }

  /**
   * The positives of an anchor. Where there are more than wanted, they are drawn at random. With
   * `self`, the anchor is its own positive.
   */
  positives(anchor: number, random: Random): number[] {
    const { positives: source, positives_per_anchor: wanted } = this.#choice;
    if (source === 'self') return [anchor];
    const others = this.#rowsLike(anchor, source).filter(
      (row) => row !== anchor && this.#verdicts.inForce(anchor, row) !== 'different',
    );
    if (wanted === 0 || others.length <= wanted) return others;
    const order = shuffledOrder(others.length, random).subarray(0, wanted).sort();
    return Array.from(order, (index) => others[index] ?? 0);
  }

  /** The rows that share a label with an anchor, itself too, or count as the same; ascending. */
  #rowsLike(anchor: number, source: 'label' | 'verdict'): readonly number[] {
    if (source === 'verdict') {
      // Rows behind those of the labels are pictures that this run has not embedded.
      const { length } = this.#known.labels;
      return this.#verdicts.sameAs(anchor).filter((row) => row < length);
    }
    const label = this.#known.labels[anchor] ?? noLabel;
    const members = this.#known.labelMembers[label] ?? [label];
    const [first, ...others] = members.map((label) => this.#rowsOfLabel.get(label) ?? []);
    if (others.length === 0) return first ?? [];
    return [...new Set([first ?? [], ...others].flat())].sort((a, b) => a - b);
  }

  /** Why a row cannot be a negative of an anchor whatever their similarity; undefined where it can. */
  ruledOut(anchor: number, row: number): LeftOutReason | undefined {
    // As its own positive, the anchor is one of the candidates, as in sentence-transformers.
    if (row === anchor) return this.#choice.positives === 'self' ? undefined : 'itself';
    const { labels, labelMembers } = this.#known;
    const verdict = this.#verdicts.inForce(anchor, row);
    const [own, other] = [labels[anchor] ?? noLabel, labels[row] ?? noLabel];
    const relation = labelRelation(own, other, labelMembers);
    const used = this.#choice.label_aware ? relation : 'unknown';
    // Mining looks for the nearest pictures, so being near alone excludes none.
    if (binByKnowledge({ verdict, labels: used, isSuspected: false }) === null) return undefined;
    return verdict === 'same' ? 'judged-same' : 'same-label';
  }
}

/** The rows by each of the numbers that a row's number is made of. */
function rowsByNumber(
  numbers: Int32Array,
  members: (number: number) => readonly number[],
): ReadonlyMap<number, readonly number[]> {
  const rows = new Map<number, number[]>();
  for (const [row, number] of numbers.entries()) {
    if (number < 0) continue;
    for (const member of members(number)) {
      const own = rows.get(member);
      if (own) own.push(row);
      else rows.set(member, [row]);
    }
  }
  return rows;
}
