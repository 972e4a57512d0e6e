import { isFalseNegative, labelRelation } from '../../../contract/false-negative.ts';
import { noLabel } from '../../store/samples.ts';
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
  readonly #rowsOfGroup: ReadonlyMap<number, readonly number[]>;
  readonly #verdicts: RowVerdicts;

  constructor(known: KnownPairs, choice: Choice) {
    this.#known = known;
    this.#choice = choice;
    this.#rowsOfLabel = rowsByNumber(known.labels);
    this.#rowsOfGroup = rowsByNumber(known.groups.subarray(0, known.labels.length));
    this.#verdicts = new RowVerdicts(known);
  }

  /**
   * The positives of an anchor. Where there are more than wanted, they are drawn at random. With
   * `self`, the anchor is its own positive.
   */
  positives(anchor: number, random: Random): number[] {
    const { positives: source, positives_per_anchor: wanted } = this.#choice;
    if (source === 'self') return [anchor];
    const number = (source === 'label' ? this.#known.labels : this.#known.groups)[anchor] ?? -1;
    const rows = (source === 'label' ? this.#rowsOfLabel : this.#rowsOfGroup).get(number) ?? [];
    const others = rows.filter(
      (row) => row !== anchor && this.#verdicts.inForce(anchor, row) !== 'different',
    );
    if (wanted === 0 || others.length <= wanted) return others;
    const order = shuffledOrder(others.length, random).subarray(0, wanted).sort();
    return Array.from(order, (index) => others[index] ?? 0);
  }

  /** Why a row cannot be a negative of an anchor whatever their similarity; undefined where it can. */
  ruledOut(anchor: number, row: number): LeftOutReason | undefined {
    // As its own positive, the anchor is one of the candidates, as in sentence-transformers.
    if (row === anchor) return this.#choice.positives === 'self' ? undefined : 'itself';
    const { labels } = this.#known;
    const verdict = this.#verdicts.inForce(anchor, row);
    const [own, other] = [labels[anchor] ?? noLabel, labels[row] ?? noLabel];
    const relation = labelRelation(own, other, noLabel);
    const used = this.#choice.label_aware ? relation : 'unknown';
    // Mining looks for the nearest pictures, so being near alone excludes none.
    if (!isFalseNegative({ verdict, labels: used, isMutual: false })) return undefined;
    return verdict === 'same' ? 'judged-same' : 'same-label';
  }
}

function rowsByNumber(numbers: Int32Array): ReadonlyMap<number, readonly number[]> {
  const rows = new Map<number, number[]>();
  for (const [row, number] of numbers.entries()) {
    if (number < 0) continue;
    const own = rows.get(number);
    if (own) own.push(row);
    else rows.set(number, [row]);
  }
  return rows;
}
