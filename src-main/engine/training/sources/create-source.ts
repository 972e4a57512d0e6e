import { EngineError } from '../../../contract/errors.ts';
import type { Objective } from '../../../contract/objectives/parse-objective.ts';
import type { SelectionName } from '../../../contract/objectives/parts.ts';
import type { EncoderPlan } from '../../encoders/trainable-encoder.ts';
import type { Selection } from '../../objectives/selection.ts';
import { selections } from '../../objectives/selections.ts';
import { batchSource } from './batch.ts';
import { queueSource } from './queue.ts';
import type { TrainingSource } from './training-source.ts';

/** What a source is made for. */
export interface SourceSize {
  readonly encoder: EncoderPlan;
  readonly batch: number;
}

/** The selection of an objective, for any source that makes candidates. */
export function selectionOf({ selection }: Objective): Selection {
  const known: Partial<Record<SelectionName, Selection>> = selections;
  return known[selection] ?? selections.all;
}

/**
 * The source of an objective's negatives.
 * @throws EngineError bad-argument for a source that cannot be trained with
 */
export function createSource(objective: Objective, { encoder, batch }: SourceSize): TrainingSource {
  const selection = selectionOf(objective);
  const { queueSize = 0, keyMomentum = 0 } = objective.settings;
  switch (objective.source) {
    case 'batch':
      return batchSource(selection, batch);
    case 'queue':
      return queueSource({ encoder, selection, batch, queueSize, keyMomentum });
    case 'bank':
    case 'two-banks':
    case 'prototypes':
      throw new EngineError('bad-argument', `${objective.preset} cannot be trained yet.`);
  }
}
