import type { RingRanks } from '../../../contract/ring-ranks.ts';
import type { NamedArray } from '../../graph/program.ts';
import type { LedgerAnchor } from '../../store/ledger.ts';
import { MetNegatives } from './met-negatives.ts';
import { pushZones } from './push-zones.ts';
import { noPicture } from '../sources/training-source.ts';

/** What one step told (`ledgerOutputs`), and whose rows and columns they are. */
export interface LedgerStep {
  /** The pictures of the A anchors. */
  readonly rowIds: Uint32Array;
  /** The pictures of the M columns, `noPicture` where a column is none's. */
  readonly columnIds: Uint32Array;
  /** β / t, which makes a similarity the logarithm of a weight. */
  readonly weightExponent: number;
  readonly outputs: Readonly<Record<string, NamedArray>>;
}

export interface LedgerSettings {
  /** How many negatives of each anchor are kept, K. */
  readonly size: number;
  /** Where zones begin among an anchor's negatives; null where the objective itself has a ring. */
  readonly zones: RingRanks | null;
}

/**
 * Collects an epoch's ledger from its steps. An epoch shows each picture once, so what its one step
 * tells of an anchor is all there is: nothing but the K negatives is held until the epoch's end.
 */
export class LedgerRecorder {
  readonly #settings: LedgerSettings;
  readonly #met = new MetNegatives();
  #anchors: LedgerAnchor[] = [];

  constructor(settings: LedgerSettings) {
    this.#settings = settings;
  }

  add(step: LedgerStep): void {
    const rowsOf = new Map<number, number[]>();
    for (const [row, id] of step.rowIds.entries()) {
      const rows = rowsOf.get(id);
      if (rows) rows.push(row);
      else rowsOf.set(id, [row]);
    }
    const told = toldBy(step);
    for (const [id, rows] of rowsOf) this.#anchors.push(this.#anchor(id, rows, told));
  }

  /** The anchors of the steps since the last call. */
  takeEpoch(): LedgerAnchor[] {
    const anchors = this.#anchors;
    this.#anchors = [];
    return anchors;
  }

  #anchor(sampleId: number, rows: readonly number[], told: Told): LedgerAnchor {
    for (const row of rows) this.#meet(row, told, 1 / rows.length);
    const mean = (values: Numbers): number =>
      rows.reduce((sum, row) => sum + (values[row] ?? NaN), 0) / rows.length;
    return {
      sampleId,
      loss: mean(told.loss),
      effectiveNegatives: mean(told.effectiveNegatives),
      clamped: mean(told.clamped),
      sameLabelShare: mean(told.sameLabelShare),
      negatives: this.#met.takeLargest(this.#settings.size),
    };
  }

  /** All columns of one row; `part` is how much of the anchor's gradient the row stands for. */
  #meet(row: number, told: Told, part: number): void {
    const { columns, push, similarity, weightExponent } = told;
    const total = told.pushTotal[row] ?? 0;
    const scale = told.logWeightScale[row] ?? 0;
    const start = row * columns;
    const zoneOf = pushZones(push.subarray(start, start + columns), this.#settings.zones);
    for (let at = start; at < start + columns; at += 1) {
      const id = told.idAt(row, at - start);
      if (id === noPicture) continue;
      const pushed = push[at] as number;
      const cosine = similarity[at] as number;
      const isIn = pushed !== 0;
      this.#met.add(id, {
        similarity: cosine,
        share: isIn ? (part * pushed) / total : 0,
        weight: isIn ? Math.exp(weightExponent * cosine + scale) : 0,
        zone: zoneOf(pushed),
      });
    }
  }
}

type Numbers = Float32Array;

interface Told {
  readonly columns: number;
  readonly weightExponent: number;
  readonly push: Numbers;
  readonly similarity: Numbers;
  readonly pushTotal: Numbers;
  readonly logWeightScale: Numbers;
  readonly loss: Numbers;
  readonly effectiveNegatives: Numbers;
  readonly clamped: Numbers;
  readonly sameLabelShare: Numbers;
  /** The picture of a told column of a row. */
  readonly idAt: (row: number, column: number) => number;
}

function toldBy(step: LedgerStep): Told {
  const { rowIds, weightExponent, outputs } = step;
  const numbers = (name: string): Numbers => {
    const values = outputs[name]?.values;
    if (values instanceof Float32Array) return values;
    throw new Error(`The training step told the ledger no ${name}.`);
  };
  const push = numbers('ledger.push');
  const columns = push.length / rowIds.length;
  return {
    columns,
    weightExponent,
    push,
    similarity: numbers('ledger.similarity'),
    pushTotal: numbers('ledger.pushTotal'),
    logWeightScale: numbers('ledger.logWeightScale'),
    loss: numbers('perAnchorLoss'),
    effectiveNegatives: numbers('ledger.effectiveNegatives'),
    clamped: numbers('ledger.clamped'),
    sameLabelShare: numbers('ledger.sameLabelShare'),
    idAt: pictureLookup(step, columns),
  };
}

function pictureLookup({ columnIds, outputs }: LedgerStep, columns: number): Told['idAt'] {
  const index = outputs['ledger.index']?.values;
  if (index === undefined) return (_, column) => columnIds[column] ?? noPicture;
  return (row, column) => columnIds[index[row * columns + column] ?? -1] ?? noPicture;
}
