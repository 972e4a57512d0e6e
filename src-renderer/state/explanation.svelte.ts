import type {
  Explanation,
  ExplanationKnobs,
  NegativesInput,
  NeighboursResult,
} from '../../src-main/contract/negatives.ts';
import type { Connection } from './connection.svelte.ts';
import { latestOnly } from './latest-only.ts';

/** The anchor against every other picture, under the knobs of the moment. */
export class ExplanationState {
  current = $state.raw<Explanation | null>(null);
  /** The run that `current` explains. */
  run = $state<number | null>(null);
  neighbours = $state.raw<NeighboursResult | null>(null);
  /** What the user turned; what is left out is the run's own setting. */
  knobs = $state.raw<ExplanationKnobs>({});
  isBusy = $state(false);
  readonly isChanged = $derived(Object.keys(this.knobs).length > 0);
  readonly #explain: (input: NegativesInput & { run: number }) => Promise<void>;
  readonly #findNeighbours: (input: { run: number; anchor: string; k: number }) => Promise<void>;

  constructor(connection: Connection) {
    this.#explain = latestOnly(
      (input: NegativesInput & { run: number }) => connection.call('anchor.negatives', input),
      (explanation, input) => {
        this.current = explanation;
        this.run = input.run;
      },
    );
    this.#findNeighbours = latestOnly(
      (input: { run: number; anchor: string; k: number }) =>
        connection.call('anchor.neighbours', input),
      (neighbours) => {
        this.neighbours = neighbours;
      },
    );
  }

  /** Explains an anchor (by content hash) in a run. */
  async explain(run: number, anchor: string): Promise<void> {
    this.isBusy = true;
    try {
      await Promise.all([
        this.#explain({ ...this.knobs, run, anchor }),
        this.#findNeighbours({ run, anchor, k: 12 }),
      ]);
    } finally {
      this.isBusy = false;
    }
  }

  /** Turns knobs and explains the same anchor again: no training. */
  async turn(knobs: ExplanationKnobs): Promise<void> {
    this.knobs = { ...this.knobs, ...knobs };
    await this.#again();
  }

  /** Back to the run's own settings. */
  async resetKnobs(): Promise<void> {
    this.knobs = {};
    await this.#again();
  }

  clear(): void {
    this.current = null;
    this.neighbours = null;
    this.run = null;
  }

  async #again(): Promise<void> {
    if (this.run === null || !this.current) return;
    await this.#explain({ ...this.knobs, run: this.run, anchor: this.current.anchor.hash });
  }
}
