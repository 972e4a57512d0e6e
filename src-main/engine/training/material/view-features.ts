import { createHash } from 'node:crypto';
import { commonViews } from '../../../contract/augmentations.ts';
import { compileProgram } from '../../graph/compile-program.ts';
import type { Program } from '../../graph/program.ts';
import { DecodeAhead } from '../../pictures/decode-ahead.ts';
import type { DecodedPictures } from '../../pictures/decode-pictures.ts';
import { saveSecondsPerView } from '../../encoders/embedding/encoder-speed.ts';
import type { FrozenEncoder } from '../../encoders/embedding/encoder.ts';
import type { FeatureProgram } from '../../encoders/embedding/feature-program.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import {
  dropOtherViewFeatures,
  samplesWithoutViewFeatures,
  saveViewFeatures,
} from '../../store/view-features.ts';
import type { ViewFeaturesKey } from '../../store/view-features.ts';
import { viewBytes, viewsSpec } from '../../augmentation/views-program.ts';
import { PictureViews } from './picture-views.ts';
import type { ViewDraws } from './picture-views.ts';

/** The two views of each picture by which every run's alignment is measured. */
export const commonDraws: ViewDraws = {
  augmentation: commonViews.augmentation,
  seed: 1,
  views: 2,
};

/** What is computed once of views: a frozen encoder's features, or those of a network's frozen layers. */
export interface ViewEncoder extends Pick<
  FrozenEncoder,
  'hash' | 'size' | 'dimensions' | 'check' | 'taskOf' | 'open'
> {
  /** What the features depend on beside the weights of `hash`, as text; left out where nothing. */
  readonly besides?: string;
}

/** The key of these views' features in the library. */
export function viewFeaturesKey(
  { hash, size, besides }: Pick<ViewEncoder, 'hash' | 'size' | 'besides'>,
  { augmentation, seed, views }: ViewDraws,
): ViewFeaturesKey {
  const drawn = JSON.stringify({
    ...{ size, seed, views, augmentation, cropped: 'from the picture' },
    ...(besides !== undefined && { besides }),
  });
  return { encoderHash: hash, drawsHash: createHash('sha256').update(drawn).digest('hex') };
}

/** The size of all views' features in the library, in bytes; they are float16. */
export function viewFeatureBytes(pictures: number, views: number, dimensions: number): number {
  return pictures * views * dimensions * Float16Array.BYTES_PER_ELEMENT;
}

/** A size for a message, in whole MB and at least one. */
export function megabytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}

/** Pixels of the views that are drawn at once: 32 views of 224 x 224 pixels. */
const pixelsAtOnce = 32 * 224 * 224;

/** The pictures whose views' features are computed, by which encoder and where. */
export interface ViewFeaturesRequest {
  readonly frozen: ViewEncoder;
  readonly draws: ViewDraws;
  readonly sampleIds: Uint32Array;
  readonly device: string;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Computes the frozen features of V augmented views of each picture and caches them in the library,
 * except those that are cached already. A picture's views depend on its bytes and the seed only, not
 * on the other pictures. Pictures that cannot be decoded are left out. Each part of the pictures is
 * saved when it is done, so a killed job loses one part at most. Features of other draws by this
 * encoder are dropped, except those of the common views.
 * @throws EngineError cancelled, device-unavailable
 */
export async function cacheViewFeatures(
  context: JobContext,
  { frozen, draws, sampleIds, device, onProgress }: ViewFeaturesRequest,
): Promise<void> {
  const { library } = context;
  const key = viewFeaturesKey(frozen, draws);
  const common = viewFeaturesKey(frozen, commonDraws);
  if (draws !== commonDraws) dropOtherViewFeatures(library, key, common.drawsHash);
  const missing = samplesWithoutViewFeatures(library, key, sampleIds);
  if (missing.length === 0) return;
  const perView = frozen.size * frozen.size;
  const count = Math.max(1, Math.floor(pixelsAtOnce / (perView * draws.views)));
  await frozen.check(context);
  const drawn = new PictureViews(library, frozen.size, draws);
  const maker = await ViewFeatureMaker.create(frozen, drawn, Math.min(count, 64), {
    ...{ device, pictures: missing.length },
  });
  await using pictures = new DecodeAhead({
    ...{ library, sampleIds: missing, signal: context.signal },
    pictureLength: draws.views * perView * 3,
    partLength: maker.count,
    taskOf: (path, hash) => drawn.taskOf(frozen.taskOf(path, hash), hash),
  });
  let done = sampleIds.length - missing.length;
  const secondsPerView: number[] = [];
  let since = context.now();
  try {
    for await (const part of pictures) {
      const vectors = await maker.features(context, part);
      if (part.sampleIds.length > 0) saveViewFeatures(library, key, part.sampleIds, vectors);
      done += part.wanted.length;
      onProgress(done, sampleIds.length);
      secondsPerView.push((context.now() - since) / 1000 / (part.wanted.length * draws.views));
      since = context.now();
    }
  } finally {
    await maker.dispose();
  }
  // The median, because a part during which the job was paused took longer.
  const sorted = secondsPerView.toSorted((a, b) => a - b);
  saveSecondsPerView(library, frozen.hash, sorted[Math.floor(sorted.length / 2)] ?? 0);
}

/** Finishes the views of pictures and runs the frozen encoder over them. */
class ViewFeatureMaker {
  /** Pictures that are computed at once. */
  readonly count: number;
  readonly #frozen: ViewEncoder;
  readonly #drawn: PictureViews;
  readonly #drawing: Program;
  readonly #encoding: FeatureProgram;

  private constructor(
    count: number,
    frozen: ViewEncoder,
    drawn: PictureViews,
    programs: { drawing: Program; encoding: FeatureProgram },
  ) {
    this.count = count;
    this.#frozen = frozen;
    this.#drawn = drawn;
    this.#drawing = programs.drawing;
    this.#encoding = programs.encoding;
  }

  static async create(
    frozen: ViewEncoder,
    drawn: PictureViews,
    count: number,
    { device, pictures }: { readonly device: string; readonly pictures: number },
  ): Promise<ViewFeatureMaker> {
    const { views, augmentation: settings } = drawn.draws;
    const spec = viewsSpec({ views: count * views, size: frozen.size, settings });
    const drawing = await compileProgram(spec, 'cpu');
    try {
      const encoding = await frozen.open(device, pictures * views);
      return new ViewFeatureMaker(count, frozen, drawn, { drawing, encoding });
    } catch (error) {
      await drawing.dispose();
      throw error;
    }
  }

  /** The features of n pictures, at most `count`; [n, V, dimensions]. */
  async features(context: JobContext, chunk: DecodedPictures): Promise<Float16Array> {
    const { sampleIds, pictures } = chunk;
    const { size, dimensions } = this.#frozen;
    const { views } = this.#drawn.draws;
    const images = new Uint8Array(this.count * views * size * size * 3);
    images.set(pictures);
    await context.yieldToEvents();
    const numbers = this.#drawn.graphNumbers(sampleIds, this.count);
    const finished = viewBytes(await this.#drawing.run({ images, ...numbers }));
    const { vectors } = await this.#encoding.features(finished, () => context.yieldToEvents());
    return new Float16Array(vectors.subarray(0, sampleIds.length * views * dimensions));
  }

  async dispose(): Promise<void> {
    await this.#drawing.dispose();
    await this.#encoding.dispose();
  }
}
