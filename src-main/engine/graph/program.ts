import type { Tensor } from '@tensorflow/tfjs';
import type { InputSpec, Precision } from './recorder/input-spec.ts';

/** A named array with its shape, row-major, as it enters or leaves a program. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array | Int32Array | Uint8Array;
}

/**
 * A computation written once as tfjs ops: takes named tensors, returns named tensors, reads no
 * values. Everything that may change between calls (weights, learning rate, temperature, random
 * numbers) is an input.
 */
export type Build = (inputs: Readonly<Record<string, Tensor>>) => Record<string, Tensor>;

/** What a program is made of, before a device is chosen. */
export interface ProgramSpec {
  readonly name: string;
  readonly inputs: readonly InputSpec[];
  readonly build: Build;
  /**
   * Outputs that become inputs of the next run, output name to input name, without being copied
   * (weights, optimiser slots, a queue). They are read with `readState`, written with `writeState`.
   */
  readonly state?: Readonly<Record<string, string>>;
  readonly precision?: Precision;
}

/** A program ready to run on one device. */
export interface Program {
  readonly device: string;
  /** Runs once; `feeds` holds every input that is not state. Resolves to the outputs that are not state. */
  run(feeds: Readonly<Record<string, NamedArray['values']>>): Promise<Record<string, NamedArray>>;
  /** Sets state inputs by input name. */
  writeState(values: Readonly<Record<string, NamedArray['values']>>): void;
  /** The present state by input name, copied. */
  readState(): Record<string, NamedArray>;
  dispose(): Promise<void>;
}
