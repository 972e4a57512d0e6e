import { firstProblem } from '../../../src-main/contract/first-problem.ts';
import {
  batchChoice,
  batchDefaults,
  batchKeysOf,
  givenBatches,
  resolveBatches,
  type BatchChoice,
  type BatchSettings,
} from '../../../src-main/contract/batch-drawing.ts';
import type { VerdictUse } from '../../../src-main/contract/verdict-use.ts';
import { refusalOf } from './refusal.ts';

type BatchKey = keyof BatchChoice;

/** How the batches of a training are drawn; what is not set has its default. */
export class BatchesForm {
  choice = $state.raw<BatchChoice>({});
  readonly #verdicts: () => VerdictUse;
  /** The settings that the chosen way of drawing has. */
  readonly keys = $derived<readonly BatchKey[]>(batchKeysOf(this.choice));
  /** What is handed on: nothing of another way, and no rate without verdicts. */
  readonly input = $derived.by<BatchChoice>(() => {
    const ofWay: readonly string[] = ['batches', ...this.keys];
    const isJudged = this.#verdicts() !== 'ignore';
    const entries = Object.entries(givenBatches(this.choice)).filter(
      ([key]) => ofWay.includes(key) || (isJudged && key === 'differentRate'),
    );
    return Object.fromEntries(entries);
  });
  /** Why batches cannot be drawn so; empty when they can. */
  readonly problem = $derived.by(
    () =>
      fieldProblem(this.input) ||
      refusalOf(() => resolveBatches({ ...this.input, verdicts: this.#verdicts() })),
  );

  /** `verdicts` is what the training does with what was judged. */
  constructor(verdicts: () => VerdictUse) {
    this.#verdicts = verdicts;
  }

  valueOf<K extends BatchKey>(key: K): BatchSettings[K] {
    const all: BatchSettings = { ...batchDefaults, ...givenBatches(this.choice) };
    return all[key];
  }

  set<K extends BatchKey>(key: K, value: BatchChoice[K]): void {
    this.choice = { ...this.choice, [key]: value };
  }
}

function fieldProblem(choice: BatchChoice): string {
  return firstProblem(batchChoice.safeParse(choice).error?.issues ?? []);
}
