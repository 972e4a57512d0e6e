import type {
  Explanation,
  ExplanationKnobs,
  NegativesInput,
  NeighboursInput,
  NeighboursResult,
  VectorSpace,
} from '../../../src-main/contract/negatives.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { latestOnly, type LatestOnly } from '../../connection/latest-only.ts';
import { AnchorGeneratedState } from './anchor-generated.svelte.ts';

/**
 * The settings that a user may change without a training: those of the loss, the positive's
 * similarity, and from which posterior on a negative is suspected.
 */
type Knobs = ExplanationKnobs & Pick<NegativesInput, 'positiveSimilarity' | 'suspectFrom'>;
type Question = NegativesInput & { run: number };

/**
 * What an anchor is compared with: every picture, what its training recorded, or one drawn batch.
 */
export type CandidateSet = 'library' | 'training' | 'batch';

/** The explanation of the anchor: its candidates and their bins, by the current knobs. */
export class ExplanationState {
  current = $state.raw<Explanation | null>(null);
  /** The run that `current` explains. */
  run = $state<number | null>(null);
  neighbours = $state.raw<NeighboursResult | null>(null);
  /** The knobs that the user changed; for the others the run's own settings hold. */
  knobs = $state.raw<Knobs>({});
  candidateSet = $state<CandidateSet>('library');
  batchSeed = $state(1);
  /** Whether one batch is the anchor's own of the training, where that is recorded, or a drawn one. */
  isOwnBatch = $state(true);
  /** The space to explain in, where a run has both. */
  space = $state<VectorSpace>('z');
  /** The epochs of `run` in which an anchor can be explained. */
  epochs = $state.raw<readonly number[]>([]);
  /** The epoch whose embeddings are explained; null for the run as it is. */
  epoch = $state<number | null>(null);
  isBusy = $state(false);
  /** Whether verdicts or labels have changed since it was made, which change the bins. */
  isOutdated = $state(false);
  /** Whether suspicions are still being calibrated: `current` is then without them. */
  readonly isPending = $derived(this.current?.posteriorBasis.kind === 'pending');
  readonly isChanged = $derived(Object.keys(this.knobs).length > 0);
  /** What the run's generator makes for the anchor. */
  readonly generated: AnchorGeneratedState;
  readonly #explain: LatestOnly<Question>;
  readonly #explainWhole: LatestOnly<Question>;
  /** The question that `current` answers without suspicions; null where it answers it whole. */
  #pending: Question | null = null;
  readonly #findNeighbours: LatestOnly<NeighboursInput>;
  readonly #readEpochs: LatestOnly<number>;

  constructor(connection: Connection) {
    this.generated = new AnchorGeneratedState(connection);
    this.#readEpochs = latestOnly(
      (run: number) => connection.call('runs.embeddedEpochs', { run }),
      (epochs) => (this.epochs = epochs),
    );
    this.#explain = latestOnly(
      (input: Question) =>
        connection.call('anchor.negatives', { ...input, awaitCalibration: false }),
      (explanation, input) => {
        this.current = explanation;
        this.run = input.run;
        this.#pending = explanation.posteriorBasis.kind === 'pending' ? input : null;
      },
    );
    this.#explainWhole = latestOnly(
      (input: Question) => connection.call('anchor.negatives', input),
      (explanation, input) => {
        if (this.#pending !== input) return;
        this.current = explanation;
        this.#pending = null;
      },
    );
    this.#findNeighbours = latestOnly(
      (input: NeighboursInput) => connection.call('anchor.neighbours', input),
      (neighbours) => {
        this.neighbours = neighbours;
      },
    );
  }

  /** Explains an anchor (by content hash) in a run. */
  async explain(run: number, anchor: string): Promise<void> {
    this.isBusy = true;
    if (run !== this.run) this.epoch = null;
    try {
      await Promise.all([
        this.#ask(this.#question(run, anchor)),
        this.#findNeighbours({ run, anchor, k: 12, ...this.#inEpoch() }),
        this.#readEpochs(run),
      ]);
    } finally {
      this.isBusy = false;
    }
  }

  /** The same, with what the run's generator makes for the anchor. */
  async explainIn(run: RunSummary, anchor: string): Promise<void> {
    await Promise.all([this.explain(run.run, anchor), this.generated.make(run, anchor)]);
  }

  /** Changes knobs and explains the same anchor again; nothing is trained. */
  async turn(knobs: Knobs): Promise<void> {
    this.knobs = { ...this.knobs, ...knobs };
    await this.#again();
  }

  /** Back to the run's own settings. */
  async resetKnobs(): Promise<void> {
    this.knobs = {};
    await this.#again();
  }

  /** Draws another batch; the seed stays on screen, so that a draw can be repeated. */
  async drawBatch(seed: number): Promise<void> {
    this.batchSeed = seed;
    this.isOwnBatch = false;
    await this.#again();
  }

  /** Takes the batch in which the training had the anchor, where that is recorded. */
  async takeOwnBatch(): Promise<void> {
    this.isOwnBatch = true;
    await this.#again();
  }

  /** Explains the same anchor in another space. */
  async lookIn(space: VectorSpace): Promise<void> {
    this.space = space;
    // What was set in one space means nothing in the other.
    const knobs = { ...this.knobs };
    delete knobs.positiveSimilarity;
    this.knobs = knobs;
    await this.#again();
  }

  /** Explains the same anchor by the embeddings of another epoch; null for the run as it is. */
  async scrubTo(epoch: number | null): Promise<void> {
    this.epoch = epoch;
    if (this.run !== null && this.current) await this.explain(this.run, this.current.anchor.hash);
  }

  /** Takes up an epoch that was looked at before, unless its embeddings are no longer stored. */
  async recallEpoch(run: number, epoch: number): Promise<void> {
    await this.#readEpochs(run);
    if (!this.epochs.includes(epoch)) return;
    this.run = run;
    this.epoch = epoch;
  }

  clear(): void {
    for (const request of [this.#explain, this.#explainWhole]) request.drop();
    for (const request of [this.#findNeighbours, this.#readEpochs]) request.drop();
    this.#pending = null;
    this.generated.clear();
    this.epochs = [];
    this.epoch = null;
    this.current = null;
    this.neighbours = null;
    this.run = null;
  }

  #question(run: number, anchor: string): Question {
    const drawn = { batchSeed: this.batchSeed, trainedBatch: this.isOwnBatch };
    const batch = this.candidateSet === 'batch' ? drawn : {};
    const space = this.space === 'h' ? { space: this.space } : {};
    return { ...this.knobs, ...batch, ...space, ...this.#inEpoch(), run, anchor };
  }

  #inEpoch(): { epoch?: number } {
    return this.epoch === null ? {} : { epoch: this.epoch };
  }

  async #again(): Promise<void> {
    if (this.run === null || !this.current) return;
    await this.#ask(this.#question(this.run, this.current.anchor.hash));
  }

  /** Shows the answer without suspicions where these take longer, and then the whole answer. */
  async #ask(question: Question): Promise<void> {
    await this.#explain(question);
    if (this.#pending === question) await this.#explainWhole(question);
  }
}
