import type { EncoderDescription } from '../../../contract/loaded-encoders.ts';
import { InputValues } from '../../networks/input-values.ts';
import { poolOutput, toUnitRows } from '../../networks/pool-output.ts';
import type { LoadedModel } from './loaded-model.ts';
import { openModel } from './open-model.ts';

/** Unit rows of pictures, [n, dimensions]; `bad` are the rows that could not be scaled to length 1. */
export interface EncodedPictures {
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly bad: readonly number[];
}

/** A model on one device with the steps before and after it: from bytes of pictures to unit vectors. */
export class EncoderSession {
  readonly description: EncoderDescription;
  readonly pictureLength: number;
  readonly #model: LoadedModel;
  readonly #values: InputValues;

  constructor(description: EncoderDescription, model: LoadedModel) {
    const { width, height } = description.preprocessing;
    this.description = description;
    this.pictureLength = width * height * 3;
    this.#model = model;
    this.#values = new InputValues(description.input, description.preprocessing);
  }

  /**
   * Opens the model of a description on a device.
   * @throws EngineError bad-encoder, unsupported-operation
   */
  static async open(description: EncoderDescription, device: string): Promise<EncoderSession> {
    return new EncoderSession(description, await openModel(description, device));
  }

  get device(): string {
    return this.#model.device;
  }

  /**
   * Embeds resized pictures, [n, height, width, 3] bytes, in one run.
   * @param batch how many pictures the model is given, at least n; the rest are zeros
   */
  async embed(bytes: Uint8Array, batch: number): Promise<EncodedPictures> {
    const { input, output, tokens } = this.description;
    const given = await this.#model.run(this.#values.of(bytes, batch), batch);
    const count = bytes.length / this.pictureLength;
    const channelsLast = input.layout === 'NHWC';
    const { vectors, dimensions } = poolOutput(given, output.pooling, count, channelsLast, tokens);
    return { vectors, dimensions, bad: toUnitRows(vectors, dimensions) };
  }

  dispose(): Promise<void> {
    return this.#model.dispose();
  }
}
