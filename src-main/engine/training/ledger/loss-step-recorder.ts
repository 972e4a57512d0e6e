import type { NamedArray } from '../../graph/program.ts';
import { seedRandom } from '../../numeric/random.ts';
import type { Random } from '../../numeric/random.ts';
import type { LossStep } from '../../store/loss-steps.ts';

/** The outputs of a step whose source compares its rows with each other, by name. */
export const stepRows = 'ledger.rows';
export const stepPositives = 'ledger.positives';

/** At most so many bytes of rows are stored for a run; of more steps some are left out at random. */
const mostBytes = 64e6;

/** A step, and its outputs. */
interface RecordedStep extends Pick<LossStep, 'step' | 'rowIds' | 'settings'> {
  readonly outputs: Readonly<Record<string, NamedArray>>;
}

/** Keeps the steps of an epoch as the loss saw them; sources with other columns give no such rows. */
export class LossStepRecorder {
  readonly #most: number;
  #random: Random = seedRandom(1);
  #seen = 0;
  #steps: LossStep[] = [];

  /** `most` is how many bytes of rows are kept. */
  constructor(most = mostBytes) {
    this.#most = most;
  }

  add({ step, rowIds, settings, outputs }: RecordedStep): void {
    const rows = outputs[stepRows]?.values;
    const positives = outputs[stepPositives]?.values;
    if (!(rows instanceof Float32Array) || !(positives instanceof Float32Array)) return;
    const place = this.#placeFor(rows.byteLength);
    if (place === null) return;
    this.#steps[place] = {
      ...{ step, settings },
      rowIds: rowIds.slice(),
      rows: rows.slice(),
      positives: positives.slice(),
    };
  }

  /** The steps since the last call. */
  takeEpoch(): LossStep[] {
    const steps = this.#steps;
    this.#steps = [];
    this.#seen = 0;
    this.#random = seedRandom(1);
    return steps;
  }

  /** Where the next step goes, so that every step of the epoch is as likely kept; null for nowhere. */
  #placeFor(bytes: number): number | null {
    const kept = Math.floor(this.#most / bytes);
    const seen = this.#seen;
    this.#seen += 1;
    if (seen < kept) return seen;
    const place = this.#random.index(seen + 1);
    return place < kept ? place : null;
  }
}
