import { EngineError } from '../errors/errors.ts';
import { checkRing, ringRanks } from './ring-ranks.ts';
import { parseObjective } from './parse-objective.ts';
import type { Objective } from './parse-objective.ts';
import type { SourceName } from './parts.ts';
import type { ObjectiveSettings } from './settings-table.ts';

/** The sizes that an objective must fit: pictures per step, and pictures in the library. */
interface TrainingSize {
  readonly batch: number;
  readonly pictures: number;
}

/**
 * The objective of a preset with a user's values, for a batch and a library. A default that is too
 * large for them is reduced; a user's value that is too large is refused.
 * @throws EngineError bad-argument with what would fit, and as `parseObjective`
 */
export function fitObjective(
  name: string,
  values: Readonly<Record<string, unknown>>,
  size: TrainingSize,
): Objective {
  const objective = parseObjective(name, values);
  if (size.batch < 2) throw refused('A batch of one has no negatives; take at least 2 pictures.');
  const isGiven = (key: string): boolean => values[key] !== undefined;
  const settings = fitMixing(fitSource(objective.settings, isGiven, size), isGiven);
  const fitted = { ...objective, settings };
  checkCuts(fitted, size);
  return isGiven('sigmoidBias') ? fitted : withFittedBias(fitted, size);
}

/** The number of negatives of each anchor before a selection. */
export function negativesOf({ source, settings }: Objective, size: TrainingSize): number {
  if (source === 'queue') return settings.queueSize ?? 0;
  if (source === 'prototypes') return (settings.prototypes ?? 0) - 1;
  if (source === 'batch') return 2 * (size.batch - 1);
  return Math.max(0, size.pictures - 1);
}

/** The bias −ln N of the pairwise sigmoid, rounded to a tenth; the default is for a batch of thousands. */
function withFittedBias(objective: Objective, size: TrainingSize): Objective {
  if (objective.settings.sigmoidBias === undefined) return objective;
  const negatives = negativesOf(objective, size);
  if (!Number.isFinite(negatives)) return objective;
  const sigmoidBias = Math.round(-10 * Math.log(Math.max(1, negatives))) / 10;
  return { ...objective, settings: { ...objective.settings, sigmoidBias } };
}

type IsGiven = (key: string) => boolean;

function fitSource(
  settings: ObjectiveSettings,
  isGiven: IsGiven,
  { batch, pictures }: TrainingSize,
): ObjectiveSettings {
  const { queueSize, nceK, prototypes } = settings;
  if (queueSize !== undefined) {
    if (isGiven('queueSize')) checkQueue(queueSize, batch);
    const most = isGiven('queueSize') ? queueSize : Math.min(queueSize, pictures);
    return { ...settings, queueSize: Math.max(1, Math.floor(most / batch)) * batch };
  }
  if (nceK !== undefined) {
    if (isGiven('nceK') && nceK > pictures) throw larger('nceK', nceK, pictures, 'rows');
    return { ...settings, nceK: Math.min(nceK, pictures) };
  }
  if (prototypes !== undefined) {
    if (isGiven('prototypes') && prototypes > pictures) {
      throw larger('prototypes', prototypes, pictures, 'clusters');
    }
    const most = isGiven('prototypes') ? prototypes : Math.max(2, Math.floor(pictures / 4));
    return { ...settings, prototypes: Math.min(prototypes, most) };
  }
  return settings;
}

/** The queue takes and drops whole batches. */
function checkQueue(queueSize: number, batch: number): void {
  if (queueSize % batch === 0) return;
  const below = Math.floor(queueSize / batch) * batch;
  const nearest = Math.max(batch, queueSize - below < batch / 2 ? below : below + batch);
  throw refused(
    `A queue of ${queueSize} is no multiple of a batch of ${batch}, and whole batches go into it; the nearest queueSize is ${nearest}.`,
  );
}

function fitMixing(settings: ObjectiveSettings, isGiven: IsGiven): ObjectiveSettings {
  const { mixHardest, queueSize = 0 } = settings;
  if (mixHardest === undefined) return settings;
  if (isGiven('mixHardest') && mixHardest > queueSize) {
    throw refused(
      `mixHardest cannot be ${mixHardest}: the queue has only ${queueSize} keys; take at most ${queueSize}, or a larger queueSize.`,
    );
  }
  return { ...settings, mixHardest: Math.min(mixHardest, queueSize) };
}

/** What increases the number of negatives of a source. */
const growth: Readonly<Record<SourceName, string>> = {
  batch: 'a larger batch',
  queue: 'a larger queueSize',
  bank: 'a library of more pictures',
  'two-banks': 'a library of more pictures',
  prototypes: 'more prototypes',
};

function checkCuts(objective: Objective, size: TrainingSize): void {
  const { ringOuter, ringInner = 0, ringDynamicInner = true } = objective.settings;
  if (ringOuter === undefined) return;
  const negatives = negativesOf(objective, size);
  const ranks = ringRanks(negatives, ringOuter, ringInner, ringDynamicInner);
  checkRing(ranks, negatives, growth[objective.source]);
}

function larger(key: string, value: number, pictures: number, what: string): EngineError {
  return refused(
    `${key} cannot be ${value}: the library has only ${pictures} pictures, so there are no more ${what}; take at most ${pictures}.`,
  );
}

function refused(sentence: string): EngineError {
  return new EngineError('bad-argument', sentence);
}
