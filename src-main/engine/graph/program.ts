import type { Tensor } from '@tensorflow/tfjs';
import type { InputSpec, Precision } from './recorder/input-spec.ts';

/** A named array with its shape, row-major, as input or output of a program. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array | Int32Array | Uint8Array;
}

/**
 * A computation that is written once in tfjs operations. It takes and returns named tensors, and reads
 * no values. Everything that may differ between calls (weights, learning rate, temperature, random
 * numbers) is an input.
 */
export type Build = (inputs: Readonly<Record<string, Tensor>>) => Record<string, Tensor>;

/** The parts of a program, before a device is chosen. */
export interface ProgramSpec {
  readonly name: string;
  readonly inputs: readonly InputSpec[];
  readonly build: Build;
  /**
   * Outputs that become inputs of the next run without being copied (weights, optimiser slots, a
   * queue): output name to input name. `readState` reads them, `writeState` writes them.
   */
  readonly state?: Readonly<Record<string, string>>;
  readonly precision?: Precision;
}

/** A program ready to run on one device. */
export interface Program {
  readonly device: string;
  /** Runs once. `feeds` has every input that is not state. Resolves to the outputs that are not state. */
  run(feeds: Readonly<Record<string, NamedArray['values']>>): Promise<Record<string, NamedArray>>;
  /** Sets state, by the names of its inputs. */
  writeState(values: Readonly<Record<string, NamedArray['values']>>): void;
  /** A copy of the current state, by the names of its inputs. */
  readState(): Record<string, NamedArray>;
  dispose(): Promise<void>;
}
