import { EngineError } from '../../../contract/errors/errors.ts';
import { unknownNameSentence } from '../../../contract/errors/nearest-name.ts';
import type { ProjectionHead } from '../../../contract/projection-heads.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import type { Checkpoint } from '../../store/checkpoints.ts';
import type { Run } from '../../store/runs.ts';
import type { TunedRecord } from './tuned-record.ts';

/** What is chosen of an encoder that is fine-tuned. */
interface TunedChoice {
  readonly head: ProjectionHead;
  /** The first layer that is trained. */
  readonly trainFrom: string;
  readonly layerDecay: number;
  /** The rank of the updates of linear layers that are trained instead of all weights; null for none. */
  readonly lora?: number | null | undefined;
  /** Whether lightness and colour go through two networks (CMC). */
  readonly isLab: boolean;
}

/** The encoder whose weights a fine-tuning goes on from. */
export interface TunedBase {
  /** What a run records of it, without the choices. */
  readonly record: Omit<TunedRecord, 'trainFrom' | 'layerDecay' | 'lora'>;
  /** Side of its pictures in pixels, where none is chosen. */
  readonly size: number;
  /** Whether it takes pictures of that side only. */
  readonly isFixedSize?: boolean;
  /** The seconds of a pass of one picture of a side in pixels here; null if it never ran here. */
  readonly secondsPerPicture: (size: number) => number | null;
  /** Whether it has linear layers. */
  readonly hasLinear?: boolean;
  /** The names of its layers, from input to output. */
  readonly layers: readonly string[];
  /**
   * The first layer that is trained, by the chosen one if there is one.
   * @throws EngineError bad-argument for a layer that it has not
   */
  readonly firstLayer: (chosen?: string) => string;
  /**
   * The plan that begins with its weights.
   * @throws EngineError bad-argument for colours that it cannot separate
   */
  readonly plan: (choice: TunedChoice) => EncoderPlan;
}

/** A run with the weights that a fine-tuning goes on from. */
export interface RunToTune {
  readonly run: Run;
  readonly checkpoint: Checkpoint;
}

/** What is recorded of a run that a fine-tuning goes on from. */
export function recordOfRun({ run: { id, name }, checkpoint }: RunToTune) {
  return { on: id, name, hash: checkpoint.weightsHash };
}

/** @throws EngineError bad-argument for a layer that a network has not */
export function checkLayer(layers: readonly string[], name: string): void {
  if (layers.includes(name)) return;
  throw new EngineError(
    'bad-argument',
    unknownNameSentence('The network has no layer', name, layers),
  );
}

/** The error for what cannot be fine-tuned. */
export function refusedTuning(why: string): EngineError {
  return new EngineError(
    'bad-argument',
    `${why}; fine-tune the starter encoder, an encoder that you added or a run of a network, or train a head or an adapter.`,
  );
}
