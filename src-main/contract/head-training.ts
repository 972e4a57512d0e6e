import { EngineError } from './errors.ts';
import type { Objective } from './objectives/parse-objective.ts';
import { featureEncoder } from './runs.ts';
import type { FeatureEncoder, RunReference, TrainableEncoder } from './runs.ts';

/** What a user chose to train, and on what. */
export interface EncoderChoice {
  readonly encoder: TrainableEncoder;
  readonly on?: RunReference | undefined;
  readonly views: number;
}

/** Whether an encoder is trained on the frozen features of another one. */
export function takesFeatures(encoder: string): encoder is FeatureEncoder {
  return featureEncoder.safeParse(encoder).success;
}

/** How many views of each picture an objective looks at in one step. */
export function viewsOf({ source, settings }: Objective): number {
  if (source === 'bank' || source === 'two-banks') return 1;
  return 2 + (settings.supportViews ?? 0);
}

/**
 * Refuses what does not go together: a head without an encoder before it, an encoder before a
 * network that sees pictures, lightness and colour apart in frozen features, too few kept views.
 * @throws EngineError bad-argument that says what would do
 */
export function checkEncoderChoice(choice: EncoderChoice, objective: Objective): void {
  const { encoder, on, views } = choice;
  if (!takesFeatures(encoder)) {
    if (on === undefined) return;
    throw refused(
      `${encoder} is trained on pictures, so it cannot be trained on the features of ${on}; choose head or adapter, or leave out what it is trained on.`,
    );
  }
  if (on === undefined || on === '') {
    throw refused(
      `${encoder === 'head' ? 'A head' : 'An adapter'} is trained on the features of another encoder; say which: the starter encoder, HOG and colour, raw pixels, or a run.`,
    );
  }
  if (objective.source === 'two-banks') {
    throw refused(
      `${objective.preset} tells lightness from colour, which frozen features hold mixed; train resnet8 or resnet18 with it, or choose another objective for ${encoder}.`,
    );
  }
  const needed = viewsOf(objective);
  if (views >= needed) return;
  throw refused(
    `A step of ${objective.preset} takes ${needed} different views of each picture, but only ${views} are kept; keep at least ${needed}.`,
  );
}

function refused(sentence: string): EngineError {
  return new EngineError('bad-argument', sentence);
}

/** The name of the encoder that a run was trained on the features of; null for a run that is no head. */
export function frozenName(settings: Readonly<Record<string, unknown>>): string | null {
  const { frozen } = settings;
  const isRecord = typeof frozen === 'object' && frozen !== null && 'name' in frozen;
  return isRecord && typeof frozen.name === 'string' ? frozen.name : null;
}
