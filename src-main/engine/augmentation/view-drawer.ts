import type { AugmentationSettings } from '../../contract/augmentations.ts';
import { compileProgram } from '../graph/compile-program.ts';
import type { Program } from '../graph/program.ts';
import { drawAugmentation } from './augmentation-draws.ts';
import { seedRandom } from '../numeric/random.ts';
import { viewBytes, viewsSpec } from './views-program.ts';

/** The pairs of views that are to be drawn of one picture. */
interface WantedViews {
  /** Width over height of what the views are cropped from. */
  readonly aspect: number;
  /** Cuts views out by crops [V, 4], and gives the crops that are left to the graph. */
  readonly crop: (crops: Float32Array) => {
    /** RGB bytes [V, size, size, 3]. */
    readonly images: Uint8Array;
    readonly crops: Float32Array;
  };
  /** Side in pixels. */
  readonly size: number;
  /** Pairs of views. */
  readonly count: number;
  readonly settings: AugmentationSettings;
  readonly seed: number;
}

/** Draws views with the graph that trainings use; the compiled graph is cached for the next call. */
export class ViewDrawer {
  #program: { readonly shape: string; readonly compiled: Program } | null = null;
  #lastDrawn: Promise<unknown> = Promise.resolve();

  /**
   * Draws [2 · count, size, size, 3] RGB bytes; view i and view count + i are a pair. Calls run one
   * after the other, because a call may replace the compiled program.
   */
  draw(wanted: WantedViews): Promise<Uint8Array<ArrayBuffer>> {
    const drawn = this.#lastDrawn.then(() => this.#drawNow(wanted));
    this.#lastDrawn = drawn.catch(() => undefined);
    return drawn;
  }

  async #drawNow(wanted: WantedViews): Promise<Uint8Array<ArrayBuffer>> {
    const { aspect, crop, size, count, settings, seed } = wanted;
    const program = await this.#programFor(count, size, settings);
    const random = seedRandom(seed);
    const { crops, colours } = drawAugmentation(2 * count, settings, random, () => aspect);
    return viewBytes(await program.run({ ...crop(crops), colours }));
  }

  /**
   * The compiled program. All settings except the blur's window are inputs, so they need no new
   * one.
   */
  async #programFor(count: number, size: number, settings: AugmentationSettings): Promise<Program> {
    const window = settings.blurProbability > 0 ? settings.blurWindow : 0;
    const shape = [count, size, window].join();
    if (this.#program?.shape === shape) return this.#program.compiled;
    await this.#program?.compiled.dispose();
    this.#program = null;
    const compiled = await compileProgram(viewsSpec({ views: 2 * count, size, settings }), 'cpu', {
      threads: 1,
    });
    this.#program = { shape, compiled };
    return compiled;
  }
}
