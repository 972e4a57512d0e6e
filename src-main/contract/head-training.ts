import { EngineError } from './errors/errors.ts';
import type { Objective } from './objectives/parse-objective.ts';
import type { ProjectionHead } from './projection-heads.ts';
import { cachedViewsOf } from './cached-views.ts';
import { takesFeatures } from './encoder-kinds.ts';
import type { RunReference, TrainableEncoder } from './runs.ts';

/** The encoder that a user chose to train, and the encoder whose features it is trained on. */
interface EncoderChoice {
  readonly encoder: TrainableEncoder;
  readonly on?: RunReference | undefined;
  readonly views?: number | undefined;
  readonly head?: ProjectionHead | undefined;
}

/** The number of views of each picture that an objective uses in one step. */
function viewsOf({ source, settings }: Objective): number {
  const ofSource = source === 'bank' || source === 'two-banks' ? 1 : 2;
  return ofSource + (settings.supportViews ?? 0);
}

/**
 * Refuses combinations that cannot be trained: a head without a frozen encoder, a frozen encoder for a
 * network that takes pictures, an objective that separates lightness from colour on frozen features, or
 * too few cached views.
 * @throws EngineError bad-argument that says what would work
 */
export function checkEncoderChoice(choice: EncoderChoice, objective: Objective): void {
  const { encoder } = choice;
  checkBase(choice);
  const views = cachedViewsOf(choice);
  if (views === 0 && !takesFeatures(encoder)) return;
  if (objective.source === 'two-banks') throw refused(withoutColours(encoder, objective));
  const needed = viewsOf(objective);
  if (views >= needed) return;
  throw refused(
    `A step of ${objective.preset} takes ${needed} different views of each picture, but only ${views} are cached; set views to at least ${needed}.`,
  );
}

/** Why features that are computed once are not those of lightness and of colour. */
function withoutColours(encoder: TrainableEncoder, { preset }: Objective): string {
  const why = `${preset} separates lightness from colour`;
  return takesFeatures(encoder)
    ? `${why}, which frozen features mix; train resnet8 or resnet18 with it, or choose another objective for ${encoder}.`
    : `${why}, and of two networks side by side no features are cached; set views to 0, or choose another objective.`;
}

/** That what is trained has something to be trained on where it needs that, and nothing else. */
function checkBase({ encoder, on, head }: EncoderChoice): void {
  const isGiven = on !== undefined && on !== '';
  if (encoder === 'head' && head === 'none') {
    throw refused(
      'Of a head of no layers nothing can be trained; choose another head, or an adapter.',
    );
  }
  if (isGiven && !takesFeatures(encoder) && encoder !== 'finetune') {
    throw refused(
      `${encoder} is trained on pictures, so it cannot be trained on the features of ${on}; choose head, adapter or finetune, or leave out what it is trained on.`,
    );
  }
  if (isGiven || !(encoder in withoutBase)) return;
  throw refused(withoutBase[encoder as keyof typeof withoutBase]);
}

/** What to do where it was not said what something is trained on. */
const withoutBase = {
  head: 'A head is trained on the features of another encoder; say which: the starter encoder, HOG and colour, raw pixels, or a run.',
  adapter:
    'An adapter is trained on the features of another encoder; say which: the starter encoder, HOG and colour, raw pixels, or a run.',
  finetune:
    'Fine-tuning goes on from the weights of another encoder; say which: the starter encoder, one that you added, or a run.',
} as const;

function refused(sentence: string): EngineError {
  return new EngineError('bad-argument', sentence);
}

/** The name of the encoder on whose features a run was trained; null for a run that is not a head. */
export function frozenName(settings: Readonly<Record<string, unknown>>): string | null {
  const { frozen } = settings;
  const isRecord = typeof frozen === 'object' && frozen !== null && 'name' in frozen;
  return isRecord && typeof frozen.name === 'string' ? frozen.name : null;
}
