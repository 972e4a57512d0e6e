import type { RunReference } from '../../../contract/runs.ts';
import type { Run } from '../../store/runs.ts';

/** What a fine-tuned run records of the encoder that it went on from, and of what was chosen. */
export interface TunedRecord {
  readonly on: RunReference;
  readonly name: string;
  /** The hash of the weights of a run; null for the starter encoder. */
  readonly hash: string | null;
  /** The hash of the starter encoder's files, and the length to which its features are whitened. */
  readonly network?: string;
  readonly whitened?: number;
  /** The first layer that was trained. */
  readonly trainFrom: string;
  readonly layerDecay: number;
}

/** The record of the encoder that a run went on from; null for other runs. */
export function tunedOf({ settings }: Pick<Run, 'settings'>): TunedRecord | null {
  return (settings['tuned'] as TunedRecord | undefined) ?? null;
}
