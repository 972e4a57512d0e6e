import { embedFeatures } from '../../encoders/trained/embed-features.ts';
import { Embedder } from '../../encoders/trained/embedder.ts';
import type { FrozenEncoder } from '../../encoders/embedding/encoder.ts';
import { alignment } from '../../evaluation/alignment-uniformity.ts';
import { alignedPictures, scoreSample } from '../../evaluation/score-sample.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { readEmbeddings, samplesWithoutEmbedding } from '../../store/embeddings.ts';
import { hashesOf, presentSampleIds, presentSamples } from '../../store/samples.ts';
import { readViewFeatures, samplesWithoutViewFeatures } from '../../store/view-features.ts';
import { cachedViewFeatures } from '../step/step-views.ts';
import type { TrainStepPlan } from '../step/train-step-plan.ts';
import type { KnownRows } from './judged-metric.ts';
import type { TrainingMaterial } from './training-material.ts';
import type { TrainingPlan } from '../plan/training-plan.ts';
import type { FlatWeights } from '../../checkpoints/encoder-weights.ts';
import {
  cacheViewFeatures,
  commonDraws,
  megabytes,
  viewFeatureBytes,
  viewFeaturesKey,
} from './view-features.ts';
import { fittedStatistics } from './whitening-statistics.ts';

/** The time of an epoch's step for one picture, in passes of an encoder over one view, about. */
const passesPerStep = 0.03;
/** The part of the job that preparation and training take together. */
const trainedShare = 0.93;

/** Rows that a head is run over at once. */
const batch = 256;

/** Frozen features of each picture and of its cached views; the graph of a step begins with them. */
export class FeatureMaterial implements TrainingMaterial {
  readonly views: TrainingMaterial['views'];
  readonly #context: JobContext;
  readonly #plan: TrainingPlan;
  readonly #frozen: FrozenEncoder;
  readonly #device: string;
  readonly #embedder: Embedder;
  readonly #viewCount: number;
  #preparedShare = 0;

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
    this.#viewCount = base.views;
    this.#device = device;
    this.#embedder = embedder;
    this.views = this.viewsOf(plan.step);
  }

  /** Prepares for a frozen encoder's features; `views` is how many of each picture are cached. */
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

  /** By the passes that are still needed; 0 before `prepare`, and where all views are cached. */
  get preparedShare(): number {
    return this.#preparedShare;
  }

  get mostViews(): number {
    return this.#viewCount;
  }

  viewsOf(plan: TrainStepPlan): TrainingMaterial['views'] {
    const { dimensions } = this.#frozen;
    const read = (ids: Uint32Array): Float16Array => this.#readViews(ids);
    return cachedViewFeatures(plan, { views: this.#viewCount, dimensions, read });
  }

  get featureLength(): number {
    return this.#embedder.featureLength;
  }

  async prepare(
    sampleIds: Uint32Array,
    onProgress: (share: number, message: string) => void,
  ): Promise<Uint32Array> {
    const { library } = this.#context;
    const missing = samplesWithoutEmbedding(library, this.#frozen.hash, 'h', sampleIds);
    const unseen = samplesWithoutViewFeatures(library, this.#key, sampleIds).length;
    const aligned = this.#alignedOf(sampleIds);
    const unaligned = samplesWithoutViewFeatures(library, this.#commonKey, aligned).length;
    const ownPasses = missing.length + unseen * this.#viewCount;
    const passes = ownPasses + unaligned * commonDraws.views;
    const steps = this.#plan.epochs * sampleIds.length * passesPerStep;
    this.#preparedShare = (trainedShare * passes) / (passes + steps);
    const afterPasses = (done: number, message: string): void =>
      onProgress(Math.min(1, done / Math.max(1, passes)), message);
    if (missing.length > 0) {
      await this.#frozen.check(this.#context);
      await this.#frozen.embed(this.#context, missing, this.#device, (done) =>
        afterPasses(done, `Embedding with ${this.#frozen.name}: ${done} of ${missing.length}`),
      );
    }
    const lost = new Set(samplesWithoutEmbedding(library, this.#frozen.hash, 'h', missing));
    const embedded = sampleIds.filter((id) => !lost.has(id));
    const cost = megabytes(
      viewFeatureBytes(embedded.length, this.#viewCount, this.#frozen.dimensions),
    );
    const what = `features of ${this.#viewCount} views of each picture (${cost} in all)`;
    afterPasses(missing.length, `Computing ${what}`);
    const cached =
      embedded.length - samplesWithoutViewFeatures(library, this.#key, embedded).length;
    await cacheViewFeatures(this.#context, {
      frozen: this.#frozen,
      draws: this.#draws,
      sampleIds: embedded,
      device: this.#device,
      onProgress: (done, total) =>
        afterPasses(
          missing.length + (done - cached) * this.#viewCount,
          `Computing ${what}: ${done} of ${total}`,
        ),
    });
    await cacheViewFeatures(this.#context, {
      frozen: this.#frozen,
      draws: commonDraws,
      sampleIds: this.#alignedOf(embedded),
      device: this.#device,
      onProgress: (done, total) =>
        afterPasses(
          ownPasses + (done - total + unaligned) * commonDraws.views,
          `Computing views for the alignment: ${done} of ${total}`,
        ),
    });
    const without = new Set(samplesWithoutViewFeatures(library, this.#key, embedded));
    return embedded.filter((id) => !without.has(id));
  }

  /** Fits the whitening of the frozen features once; it stays in the weights' statistics. */
  startStatistics(
    sampleIds: Uint32Array,
    known: KnownRows | null,
    onProgress: (done: number) => Promise<void>,
  ): ReturnType<TrainingMaterial['startStatistics']> {
    const { encoder } = this.#plan;
    const rows = readEmbeddings(this.#context.library, this.#frozen.hash, 'h', sampleIds).vectors;
    return fittedStatistics(encoder, rows, { count: sampleIds.length, known, onProgress });
  }

  embed(
    weights: FlatWeights,
    sampleIds: Uint32Array,
    yieldToEvents: () => Promise<void>,
  ): ReturnType<TrainingMaterial['embed']> {
    const rows = readEmbeddings(this.#context.library, this.#frozen.hash, 'h', sampleIds).vectors;
    return this.#embedder.embed(weights, rows, yieldToEvents);
  }

  /** The alignment of the two common views, which are cached beside those of the training. */
  async alignment(weights: FlatWeights, wanted: Uint32Array): Promise<number | null> {
    const { library } = this.#context;
    const missing = new Set(samplesWithoutViewFeatures(library, this.#commonKey, wanted));
    const sampleIds = wanted.filter((id) => !missing.has(id));
    if (sampleIds.length === 0) return null;
    const { dimensions } = this.#frozen;
    const { views } = commonDraws;
    const rows = readViewFeatures(library, this.#commonKey, sampleIds, views * dimensions);
    const yieldToEvents = (): Promise<void> => this.#context.yieldToEvents();
    const embedView = async (view: number) => {
      const own = new Float32Array(sampleIds.length * dimensions);
      for (let picture = 0; picture < sampleIds.length; picture += 1) {
        const from = (picture * views + view) * dimensions;
        own.set(rows.subarray(from, from + dimensions), picture * dimensions);
      }
      const { h } = await this.#embedder.embed(weights, own, yieldToEvents);
      return { vectors: h, count: sampleIds.length, dimensions: this.featureLength };
    };
    return alignment(await embedView(0), await embedView(1));
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
    return { augmentation: step.augmentation, seed, views: this.#viewCount };
  }

  get #key() {
    return viewFeaturesKey(this.#frozen, this.#draws);
  }

  get #commonKey() {
    return viewFeaturesKey(this.#frozen, commonDraws);
  }

  /** The pictures whose alignment is measured. */
  #alignedOf(sampleIds: Uint32Array): Uint32Array {
    const hashes = hashesOf(presentSamples(this.#context.library), sampleIds);
    return scoreSample(hashes, alignedPictures).map((index) => sampleIds[index] ?? 0);
  }

  #readViews(sampleIds: Uint32Array): Float16Array {
    const length = this.#viewCount * this.#frozen.dimensions;
    return readViewFeatures(this.#context.library, this.#key, sampleIds, length);
  }
}
