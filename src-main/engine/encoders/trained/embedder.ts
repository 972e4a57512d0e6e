import { EngineError } from '../../../contract/errors/errors.ts';
import { compileProgram } from '../../graph/compile-program.ts';
import type { NamedArray, Program } from '../../graph/program.ts';
import { embedSpec } from './embed-program.ts';
import { featureLength, frozenBodyOf, projectedLength } from '../../networks/trainable-encoder.ts';
import type { EmbedPlan } from './embed-program.ts';
import type { FlatWeights } from '../../checkpoints/encoder-weights.ts';

/** Unit rows of features h and projected z, in the order of the pictures. */
export interface Embedded {
  readonly h: Float32Array;
  readonly z: Float32Array;
}

/** An encoder compiled for one device, which embeds any number of pictures with any weights. */
export class Embedder {
  readonly plan: EmbedPlan;
  readonly #program: Program;

  constructor(plan: EmbedPlan, program: Program) {
    this.plan = plan;
    this.#program = program;
  }

  /** Compiles the plan's encoder for a device. */
  static async create(plan: EmbedPlan, device: string): Promise<Embedder> {
    return new Embedder(plan, await compileProgram(embedSpec(plan), device));
  }

  get featureLength(): number {
    return featureLength(this.plan.encoder);
  }

  get projectedLength(): number {
    return projectedLength(this.plan.encoder);
  }

  /**
   * h and z of pictures [n, size, size, 3] RGB bytes, or of frozen features [n, inputs]; awaits
   * `yieldToEvents` between batches.
   * @throws EngineError training-diverged if a value is not a number
   */
  async embed(
    { weights, statistics }: FlatWeights,
    pictures: Uint8Array | Float32Array,
    yieldToEvents: () => Promise<void>,
  ): Promise<Embedded> {
    const { batch, size } = this.plan;
    const frozen = frozenBodyOf(this.plan.encoder);
    const pictureLength = frozen ? frozen.inputs : size * size * 3;
    const count = pictures.length / pictureLength;
    const h = new Float32Array(count * this.featureLength);
    const z = new Float32Array(count * this.projectedLength);
    for (let first = 0; first < count; first += batch) {
      await yieldToEvents();
      const outputs = await this.#program.run({
        [frozen ? 'features' : 'images']: fullBatch(
          pictures,
          first * pictureLength,
          batch * pictureLength,
        ),
        weights,
        statistics,
      });
      const rows = Math.min(batch, count - first);
      h.set(rowsOf(outputs, 'h', rows * this.featureLength), first * this.featureLength);
      z.set(rowsOf(outputs, 'z', rows * this.projectedLength), first * this.projectedLength);
    }
    return { h, z };
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}

/**
 * The batch from `start` on; the last batch is filled up with zeros, because programs take full
 * batches.
 */
function fullBatch<T extends Uint8Array | Float32Array>(
  pictures: T,
  start: number,
  length: number,
): T {
  const part = pictures.subarray(start, start + length) as T;
  if (part.length === length) return part;
  const full = (
    part instanceof Uint8Array ? new Uint8Array(length) : new Float32Array(length)
  ) as T;
  full.set(part);
  return full;
}

/**
 * The first `length` values of an output.
 * @throws EngineError training-diverged if a value is not a number
 */
export function rowsOf(
  outputs: Readonly<Record<string, NamedArray>>,
  name: string,
  length: number,
): Float32Array {
  const values = outputs[name]?.values;
  if (!(values instanceof Float32Array)) throw new Error(`The encoder gave no ${name}.`);
  const rows = values.subarray(0, length);
  if (rows.every(Number.isFinite)) return rows;
  throw new EngineError(
    'training-diverged',
    'The encoder gives vectors that are not numbers; train it again with a smaller learning rate.',
  );
}
