import type { OutputArray } from '../../networks/pool-output.ts';

/** A model in memory on one device, which computes one output from input values. */
export interface LoadedModel {
  readonly device: string;
  /** `values` holds `batch` pictures in the layout and type of the description's input. */
  run(values: Float32Array | Uint16Array | Uint8Array, batch: number): Promise<OutputArray>;
  dispose(): Promise<void>;
}
