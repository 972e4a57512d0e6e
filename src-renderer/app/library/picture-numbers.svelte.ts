import {
  pictureNumberNames,
  type PictureNumberName,
  type PictureNumbers,
} from '../../../src-main/contract/picture-numbers.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { latestOnly, type LatestOnly } from '../../connection/latest-only.ts';
import type { Pictures } from './pictures.ts';

/** What each number is called, and what it says, in one sentence. */
export const numberWords: Readonly<
  Record<PictureNumberName, { readonly name: string; readonly meaning: string }>
> = {
  loss: { name: 'loss', meaning: 'The mean loss of the picture’s views as anchors.' },
  hardness: {
    name: 'hardness',
    meaning: 'The mean similarity of the negatives that took most of its gradient.',
  },
  effectiveNegatives: {
    name: 'effective negatives',
    meaning: 'How many negatives take the push as if evenly, (Σ p)² / Σ p².',
  },
  sameLabelShare: {
    name: 'same-label share',
    meaning: 'The signed share of its gradient on negatives of its own label: false negatives.',
  },
};

/** A number of every picture, by row of the library; NaN where it has none. */
export interface NumberColumn {
  readonly name: PictureNumberName;
  readonly values: Float32Array;
  /** The range shown: from the 1st to the 99th percentile. */
  readonly low: number;
  readonly high: number;
}

/** The numbers of each picture in the last recorded epoch of a run. */
export class PictureNumbersState {
  #numbers = $state.raw<PictureNumbers | null>(null);
  readonly #pictures: () => Pictures;
  readonly columns: readonly NumberColumn[] = $derived.by(() =>
    this.#numbers ? columnsOf(this.#numbers, this.#pictures()) : [],
  );
  readonly epoch = $derived(this.#numbers?.epoch ?? null);
  readonly #load: LatestOnly<number>;

  constructor(connection: Connection, pictures: () => Pictures) {
    this.#pictures = pictures;
    this.#load = latestOnly(
      (run: number) => connection.call('runs.pictureNumbers', { run }),
      (numbers) => (this.#numbers = numbers),
    );
  }

  /** Reads the numbers of a run; a run without a ledger has none. */
  async load(run: number | null): Promise<void> {
    if (run !== null) {
      await this.#load(run);
      return;
    }
    this.#load.drop();
    this.#numbers = null;
  }

  column(name: PictureNumberName): NumberColumn | null {
    return this.columns.find((column) => column.name === name) ?? null;
  }
}

function columnsOf(numbers: PictureNumbers, pictures: Pictures): NumberColumn[] {
  return pictureNumberNames.flatMap((name) => {
    const values = new Float32Array(pictures.count).fill(NaN);
    numbers.ids.forEach((id, index) => {
      const row = pictures.rowOf(id);
      if (row >= 0) values[row] = numbers[name][index] ?? NaN;
    });
    const sorted = values.filter(Number.isFinite).sort();
    const outermost = Math.floor(sorted.length * 0.01);
    const low = sorted[outermost] ?? NaN;
    const high = sorted[sorted.length - 1 - outermost] ?? NaN;
    // A number that all pictures share distinguishes none.
    return high > low ? [{ name, values, low, high }] : [];
  });
}
