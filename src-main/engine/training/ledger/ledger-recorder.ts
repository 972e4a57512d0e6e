import type { RingRanks } from '../../../contract/objectives/ring-ranks.ts';
import type { NamedArray } from '../../graph/program.ts';
import type { LedgerAnchor, LedgerNegatives } from '../../store/ledger.ts';
import { ringZones } from '../../losses/ring-zone.ts';
import { NegativeTotals } from './negative-totals.ts';
import { pushZones } from './push-zones.ts';
import type { WeightLogit } from './weight-logits.ts';
import { noPicture } from '../sources/training-source.ts';

/** The outputs of one step (`ledgerOutputs`), and the pictures of their rows and columns. */
export interface LedgerStep {
  /** The pictures of the A anchors. */
  readonly rowIds: Uint32Array;
  /** The same, but `noPicture` for rows that are recorded as no anchor; `rowIds` if left out. */
  readonly anchorIds?: Uint32Array;
  /** The column that is the positive itself of each anchor, if there is one. */
  readonly positiveColumns?: Int32Array;
  /** The pictures of the M columns; `noPicture` where a column is no picture. */
  readonly columnIds: Uint32Array;
  /** The logarithm of a negative's weight, but for the anchor's `logWeightScale`. */
  readonly weightLogit: WeightLogit;
  readonly outputs: Readonly<Record<string, NamedArray>>;
}

/** What a ledger records of each anchor. */
export interface LedgerSettings {
  /** How many negatives of each anchor are recorded, K. */
  readonly size: number;
  /** The ranks of the zones' cuts; null where the objective itself has a ring. */
  readonly zones: RingRanks | null;
}

/** Whether two pictures, by their sample ids, were judged different when the training began. */
export type IsJudgedDifferent = (anchor: number, negative: number) => boolean;

/**
 * Collects an epoch's ledger from its steps. Each picture is in one step of an epoch only, so that an
 * anchor is complete after its step and only its K negatives are held until the epoch's end.
 */
export class LedgerRecorder {
  readonly #settings: LedgerSettings;
  readonly #isDifferent: IsJudgedDifferent;
  readonly #totals = new NegativeTotals();
  #anchors: LedgerAnchor[] = [];

  /** Without `isDifferent` no negative is marked as judged different. */
  constructor(settings: LedgerSettings, isDifferent: IsJudgedDifferent = () => false) {
    this.#settings = settings;
    this.#isDifferent = isDifferent;
  }

  /** Records the anchors of one step. */
  add(step: LedgerStep): void {
    const rowsOf = new Map<number, number[]>();
    const { rowIds, anchorIds = rowIds } = step;
    for (const [row, id] of anchorIds.entries()) {
      if (id === noPicture) continue;
      const rows = rowsOf.get(id);
      if (rows) rows.push(row);
      else rowsOf.set(id, [row]);
    }
    const numbers = stepNumbers(step);
    for (const [id, rows] of rowsOf) this.#anchors.push(this.#anchor(id, rows, numbers));
  }

  /** The anchors of the steps since the last call. */
  takeEpoch(): LedgerAnchor[] {
    const anchors = this.#anchors;
    this.#anchors = [];
    return anchors;
  }

  #anchor(sampleId: number, rows: readonly number[], numbers: StepNumbers): LedgerAnchor {
    for (const row of rows) this.#addRow(row, sampleId, numbers, 1 / rows.length);
    const mean = (values: Float32Array): number =>
      rows.reduce((sum, row) => sum + (values[row] ?? NaN), 0) / rows.length;
    return {
      sampleId,
      loss: mean(numbers.loss),
      effectiveNegatives: mean(numbers.effectiveNegatives),
      clamped: mean(numbers.clamped),
      sameLabelShare: mean(numbers.sameLabelShare),
      ...(numbers.syntheticShare && { syntheticShare: mean(numbers.syntheticShare) }),
      negatives: this.#marked(sampleId, this.#totals.takeLargest(this.#settings.size)),
    };
  }

  #marked(anchor: number, negatives: LedgerNegatives): LedgerNegatives {
    const judgedDifferent = Uint8Array.from(negatives.ids, (id) =>
      this.#isDifferent(anchor, id) ? 1 : 0,
    );
    return judgedDifferent.includes(1) ? { ...negatives, judgedDifferent } : negatives;
  }

  /**
   * Adds all columns of one row, those of other views of the anchor itself excepted; `part` is the
   * row's part of the anchor's gradient. A positive has a share, but neither a weight nor a place in a
   * ring, which are of negatives.
   */
  #addRow(row: number, anchor: number, numbers: StepNumbers, part: number): void {
    const { columns, push, positive, similarity, weightLogit } = numbers;
    const total = numbers.pushTotal[row] ?? 0;
    const scale = numbers.logWeightScale[row] ?? 0;
    const start = row * columns;
    const ofNegatives = push
      .subarray(start, start + columns)
      .map((pushed, column) => (positive?.[start + column] ? -Infinity : pushed));
    const zoneOf = pushZones(ofNegatives, this.#settings.zones);
    for (let column = 0; column < columns; column += 1) {
      const id = numbers.pictureOf(row, column);
      if (id === noPicture || id === anchor) continue;
      const pushed = push[start + column] as number;
      const cosine = similarity[start + column] as number;
      // Without any push of a negative there is nothing that a positive's share could be a part of.
      const isIn = pushed !== 0 && total !== 0;
      const isPositive = Boolean(positive?.[start + column]);
      this.#totals.add(id, {
        similarity: cosine,
        share: isIn ? (part * pushed) / total : 0,
        weight: isIn && !isPositive ? Math.exp(weightLogit(cosine) + scale) : 0,
        zone: isPositive ? ringZones.positive : zoneOf(pushed),
      });
    }
  }
}

/** The numbers of one step: [A, columns] row after row, and [A]. */
interface StepNumbers {
  readonly columns: number;
  readonly weightLogit: WeightLogit;
  readonly push: Float32Array;
  /** 1 where a column is a positive; undefined without such columns. */
  readonly positive: Float32Array | undefined;
  readonly similarity: Float32Array;
  readonly pushTotal: Float32Array;
  readonly logWeightScale: Float32Array;
  readonly loss: Float32Array;
  readonly effectiveNegatives: Float32Array;
  readonly clamped: Float32Array;
  readonly sameLabelShare: Float32Array;
  /** Undefined where the step has no synthetic negatives. */
  readonly syntheticShare: Float32Array | undefined;
  /** The sample id of a recorded column of a row; `noPicture` for the row's positive itself. */
  readonly pictureOf: (row: number, column: number) => number;
}

function stepNumbers(step: LedgerStep): StepNumbers {
  const { rowIds, weightLogit, outputs } = step;
  const numbers = (name: string): Float32Array => {
    const values = outputs[name]?.values;
    if (values instanceof Float32Array) return values;
    throw new Error(`The training step gave the ledger no ${name}.`);
  };
  const push = numbers('ledger.push');
  const columns = push.length / rowIds.length;
  const positive = outputs['ledger.positive']?.values;
  const syntheticShare = outputs['ledger.syntheticShare']?.values;
  return {
    columns,
    weightLogit,
    push,
    positive: positive instanceof Float32Array ? positive : undefined,
    similarity: numbers('ledger.similarity'),
    pushTotal: numbers('ledger.pushTotal'),
    logWeightScale: numbers('ledger.logWeightScale'),
    loss: numbers('perAnchorLoss'),
    effectiveNegatives: numbers('ledger.effectiveNegatives'),
    clamped: numbers('ledger.clamped'),
    sameLabelShare: numbers('ledger.sameLabelShare'),
    syntheticShare: syntheticShare instanceof Float32Array ? syntheticShare : undefined,
    pictureOf: pictureLookup(step, columns),
  };
}

function pictureLookup(
  { columnIds, positiveColumns, outputs }: LedgerStep,
  columns: number,
): StepNumbers['pictureOf'] {
  const index = outputs['ledger.index']?.values;
  return (row, recorded) => {
    const column = index === undefined ? recorded : Number(index[row * columns + recorded]);
    return column === positiveColumns?.[row] ? noPicture : (columnIds[column] ?? noPicture);
  };
}
