import { embedFeatures } from '../../encoders/trained/embed-features.ts';
import { Embedder } from '../../encoders/trained/embedder.ts';
import type { FrozenEncoder } from '../../encoders/embedding/encoder.ts';
import { alignment } from '../../evaluation/alignment-uniformity.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { readEmbeddings, samplesWithoutEmbedding } from '../../store/embeddings.ts';
import { presentSampleIds } from '../../store/samples.ts';
import { readViewFeatures, samplesWithoutViewFeatures } from '../../store/view-features.ts';
import { keptViewFeatures } from '../step/step-views.ts';
import type { TrainingMaterial } from './training-material.ts';
import type { TrainingPlan } from '../plan/training-plan.ts';
import type { FlatWeights } from '../../checkpoints/encoder-weights.ts';
import { keepViewFeatures, viewFeatureBytes, viewFeaturesKey } from './view-features.ts';
import { writeWhitening } from './whitening-statistics.ts';

/** Shares of the preparation: the frozen encoder sees each picture once, and each of its views. */
function embeddedShare(views: number): number {
  return 1 / (1 + views);
}

/** Rows that a head is run over at once. */
const batch = 256;

/** Frozen features of each picture and of its kept views; the graph of a step begins with them. */
export class FeatureMaterial implements TrainingMaterial {
  readonly preparedShare = 0.6;
  readonly views: TrainingMaterial['views'];
  readonly #context: JobContext;
  readonly #plan: TrainingPlan;
  readonly #frozen: FrozenEncoder;
  readonly #device: string;
  readonly #embedder: Embedder;
  readonly #keptViews: number;

  private constructor(
    context: JobContext,
    plan: TrainingPlan,
    base: { frozen: FrozenEncoder; views: number },
    embedder: Embedder,
    device: string,
  ) {
    this.#context = context;
    this.#plan = plan;
    this.#frozen = base.frozen;
    this.#keptViews = base.views;
    this.#device = device;
    this.#embedder = embedder;
    const { dimensions } = base.frozen;
    const read = (ids: Uint32Array): Float16Array => this.#readViews(ids);
    this.views = keptViewFeatures(plan.step, { views: base.views, dimensions, read });
  }

  /** `views` is how many of each picture are kept. */
  static async create(
    context: JobContext,
    plan: TrainingPlan,
    base: { frozen: FrozenEncoder; views: number },
    device: string,
  ): Promise<FeatureMaterial> {
    const { encoder } = plan;
    const { size } = base.frozen;
    // A head of a few layers is faster on the cpu than its rows are copied elsewhere.
    const embedder = await Embedder.create({ encoder, batch, size }, 'cpu');
    return new FeatureMaterial(context, plan, base, embedder, device);
  }

  get featureLength(): number {
    return this.#embedder.featureLength;
  }

  async prepare(
    sampleIds: Uint32Array,
    onProgress: (share: number, message: string) => void,
  ): Promise<Uint32Array> {
    const { library } = this.#context;
    const embedding = embeddedShare(this.#keptViews);
    const missing = samplesWithoutEmbedding(library, this.#frozen.hash, 'h', sampleIds);
    if (missing.length > 0) {
      await this.#frozen.check(this.#context);
      await this.#frozen.embed(this.#context, missing, this.#device, (done) =>
        onProgress(
          (embedding * done) / missing.length,
          `Embedding with ${this.#frozen.name}: ${done} of ${missing.length}`,
        ),
      );
    }
    const lost = new Set(samplesWithoutEmbedding(library, this.#frozen.hash, 'h', missing));
    const embedded = sampleIds.filter((id) => !lost.has(id));
    const cost = megabytes(
      viewFeatureBytes(embedded.length, this.#keptViews, this.#frozen.dimensions),
    );
    const what = `features of ${this.#keptViews} views of each picture (${cost} in all)`;
    onProgress(embedding, `Keeping ${what}`);
    await keepViewFeatures(this.#context, {
      frozen: this.#frozen,
      draws: this.#draws,
      sampleIds: embedded,
      device: this.#device,
      onProgress: (done, total) =>
        onProgress(
          embedding + ((1 - embedding) * done) / total,
          `Keeping ${what}: ${done} of ${total}`,
        ),
    });
    const without = new Set(samplesWithoutViewFeatures(library, this.#key, embedded));
    return embedded.filter((id) => !without.has(id));
  }

  /** The whitening that people look at the frozen features through is fitted once, and carried in the weights. */
  fillStatistics(statistics: Float32Array, sampleIds: Uint32Array): void {
    const { encoder } = this.#plan;
    const rows = readEmbeddings(this.#context.library, this.#frozen.hash, 'h', sampleIds).vectors;
    writeWhitening(encoder, statistics, rows, sampleIds.length);
  }

  embed(
    weights: FlatWeights,
    sampleIds: Uint32Array,
    yieldToEvents: () => Promise<void>,
  ): ReturnType<TrainingMaterial['embed']> {
    const rows = readEmbeddings(this.#context.library, this.#frozen.hash, 'h', sampleIds).vectors;
    return this.#embedder.embed(weights, rows, yieldToEvents);
  }

  /** Of the first two kept views, the same at every epoch. */
  async alignment(weights: FlatWeights, sampleIds: Uint32Array): Promise<number | null> {
    if (sampleIds.length === 0) return null;
    const { dimensions } = this.#frozen;
    const rows = this.#readViews(sampleIds);
    const yieldToEvents = (): Promise<void> => this.#context.yieldToEvents();
    const view = async (at: number) => {
      const own = new Float32Array(sampleIds.length * dimensions);
      for (let picture = 0; picture < sampleIds.length; picture += 1) {
        const from = (picture * this.#keptViews + at) * dimensions;
        own.set(rows.subarray(from, from + dimensions), picture * dimensions);
      }
      const { h } = await this.#embedder.embed(weights, own, yieldToEvents);
      return { vectors: h, count: sampleIds.length, dimensions: this.featureLength };
    };
    return alignment(await view(0), await view(1));
  }

  async embedPresent(
    weights: FlatWeights,
    weightsHash: string,
    onProgress: (done: number, total: number) => void,
  ): Promise<void> {
    await embedFeatures(this.#context, {
      frozen: this.#frozen,
      embedder: this.#embedder,
      weights,
      weightsHash,
      sampleIds: presentSampleIds(this.#context.library),
      device: this.#device,
      onProgress,
    });
  }

  dispose(): Promise<void> {
    return this.#embedder.dispose();
  }

  get #draws() {
    const { step, seed } = this.#plan;
    return { augmentation: step.augmentation, seed, views: this.#keptViews };
  }

  get #key() {
    return viewFeaturesKey(this.#frozen, this.#draws);
  }

  #readViews(sampleIds: Uint32Array): Float16Array {
    const length = this.#keptViews * this.#frozen.dimensions;
    return readViewFeatures(this.#context.library, this.#key, sampleIds, length);
  }
}

function megabytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}
