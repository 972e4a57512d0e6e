import type { RunReference } from '../../../contract/runs.ts';
import type { Run } from '../../store/runs.ts';

/** What a fine-tuned run records of the encoder that it went on from, and of what was chosen. */
export interface TunedRecord {
  readonly on: RunReference;
  readonly name: string;
  /** The hash of the weights of a run; null for an encoder from elsewhere. */
  readonly hash: string | null;
  /**
   * Of a network from elsewhere: the hash of the starter encoder's files or the identity of the encoder that was
   * added, and the length to which its features are whitened, if they are.
   */
  readonly network?: string;
  /** The name of the encoder that was added, whose network it is. */
  readonly loaded?: string;
  readonly whitened?: number;
  /** The first layer that was trained. */
  readonly trainFrom: string;
  readonly layerDecay: number;
  /** The rank of low-rank updates (LoRA); left out where the weights themselves were trained. */
  readonly lora?: number;
}

/** The record of the encoder that a run went on from; null for other runs. */
export function tunedOf({ settings }: Pick<Run, 'settings'>): TunedRecord | null {
  return (settings['tuned'] as TunedRecord | undefined) ?? null;
}
