import { EngineError } from '../errors/errors.ts';
import { defaultBankMomentum, defaultKeyMomentum } from './key-momentum.ts';
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

/** The same, and how long the training is. */
interface TrainingLength extends TrainingSize {
  readonly epochs: number;
  /** What SimCLR's temperature is by default; that of a network from nothing if left out. */
  readonly temperature?: number | undefined;
}

/**
 * The objective of a preset with a user's values, for a batch, a library and a number of epochs. A
 * default that is too large for them is reduced; a user's value that is too large is refused.
 * @throws EngineError bad-argument with what would fit, and as `parseObjective`
 */
export function fitObjective(
  name: string,
  values: Readonly<Record<string, unknown>>,
  size: TrainingLength,
): Objective {
  const objective = parseObjective(name, values);
  if (size.batch < 2) throw refused('A batch of one has no negatives; take at least 2 pictures.');
  const isGiven = (key: string): boolean => values[key] !== undefined;
  const ofEncoder = fitTemperature(objective.settings, isGiven, size);
  const ofSource = fitSource(ofEncoder, isGiven, size);
  const settings = fitMixing(fitMomentum(ofSource, isGiven, size), isGiven);
  const fitted = fitGenerated({ ...objective, settings }, isGiven, size);
  checkCuts(fitted, size);
  return isGiven('sigmoidBias') ? fitted : withFittedBias(fitted, size);
}

/** The number of negatives of each anchor before a selection. */
export function negativesOf(
  { source, settings }: Pick<Objective, 'source' | 'settings'>,
  size: TrainingSize,
): number {
  if (source === 'queue') return settings.queueSize ?? 0;
  if (source === 'prototypes') return (settings.prototypes ?? 0) - 1;
  if (source === 'batch') return 2 * (size.batch - 1);
  return Math.max(0, size.pictures - 1);
}

/** By default no more generated negatives than real ones, and an even number, which falls into halves. */
function fitGenerated(objective: Objective, isGiven: IsGiven, size: TrainingSize): Objective {
  const { generatedNegatives } = objective.settings;
  if (generatedNegatives === undefined || isGiven('generatedNegatives')) return objective;
  const half = Math.floor(Math.min(generatedNegatives, negativesOf(objective, size)) / 2);
  const settings = { ...objective.settings, generatedNegatives: 2 * Math.max(1, half) };
  return { ...objective, settings };
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

/** SimCLR's temperature suits a network from nothing; other objectives have temperatures of their own. */
const temperatureFromNothing = 0.5;

function fitTemperature(
  settings: ObjectiveSettings,
  isGiven: IsGiven,
  { temperature = temperatureFromNothing }: TrainingLength,
): ObjectiveSettings {
  const isFitted = !isGiven('temperature') && settings.temperature === temperatureFromNothing;
  return isFitted ? { ...settings, temperature } : settings;
}

function fitSource(
  settings: ObjectiveSettings,
  isGiven: IsGiven,
  { batch, pictures }: TrainingSize,
): ObjectiveSettings {
  const { queueSize, nceK, prototypes } = settings;
  // Of more rows, many would be of the anchor's own class or, in a queue, of the anchor itself.
  const quarter = Math.floor(pictures / 4);
  if (queueSize !== undefined) {
    if (isGiven('queueSize')) checkQueue(queueSize, batch);
    const most = isGiven('queueSize') ? queueSize : Math.min(queueSize, quarter);
    return { ...settings, queueSize: Math.max(1, Math.floor(most / batch)) * batch };
  }
  if (nceK !== undefined) {
    if (isGiven('nceK') && nceK > pictures) throw larger('nceK', nceK, pictures, 'rows');
    const most = isGiven('nceK') ? nceK : Math.max(1, quarter);
    return { ...settings, nceK: Math.min(nceK, most) };
  }
  if (prototypes !== undefined) {
    if (isGiven('prototypes') && prototypes > pictures) {
      throw larger('prototypes', prototypes, pictures, 'clusters');
    }
    const most = isGiven('prototypes') ? prototypes : Math.max(2, quarter);
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

/** At most so many splits by default, of at least so many pictures. */
const [mostSplits, leastInSplit] = [8, 8];

function fitMomentum(
  settings: ObjectiveSettings,
  isGiven: IsGiven,
  { batch, pictures, epochs }: TrainingLength,
): ObjectiveSettings {
  const { keyMomentum, batchNormSplits, bankMomentum } = settings;
  const stepsPerEpoch = Math.floor(pictures / batch);
  if (bankMomentum !== undefined && !isGiven('bankMomentum')) {
    return { ...settings, bankMomentum: defaultBankMomentum(stepsPerEpoch, epochs) };
  }
  if (keyMomentum === undefined || batchNormSplits === undefined) return settings;
  if (isGiven('batchNormSplits')) checkSplits(batchNormSplits, batch);
  return {
    ...settings,
    keyMomentum: isGiven('keyMomentum') ? keyMomentum : defaultKeyMomentum(epochs * stepsPerEpoch),
    batchNormSplits: isGiven('batchNormSplits') ? batchNormSplits : defaultSplits(batch),
  };
}

/** The largest number of equal splits that are large enough. */
function defaultSplits(batch: number): number {
  const most = Math.min(mostSplits, Math.floor(batch / leastInSplit));
  for (let splits = most; splits > 1; splits -= 1) if (batch % splits === 0) return splits;
  return 1;
}

/** Splits are equal, and a variance needs two pictures. */
function checkSplits(splits: number, batch: number): void {
  if (splits === 1 || (batch % splits === 0 && batch / splits >= 2)) return;
  const possible = Array.from({ length: Math.floor(batch / 2) }, (_, index) => index + 1).filter(
    (count) => batch % count === 0,
  );
  throw refused(
    `batchNormSplits cannot be ${splits}: a batch of ${batch} is split into equal parts of at least 2 pictures; take ${possible.join(', ')}.`,
  );
}

function fitMixing(settings: ObjectiveSettings, isGiven: IsGiven): ObjectiveSettings {
  const { mixHardest, mixPairs, mixQueries, queueSize = 0 } = settings;
  if (mixHardest === undefined || mixPairs === undefined || mixQueries === undefined) {
    return settings;
  }
  if (isGiven('mixHardest') && mixHardest > queueSize) {
    throw refused(
      `mixHardest cannot be ${mixHardest}: the queue has only ${queueSize} keys; take at most ${queueSize}, or a larger queueSize.`,
    );
  }
  // As many for the hardest keys, and of these for the mixed ones, as in the paper at most.
  const fitted = (key: string, value: number, most: number): number =>
    isGiven(key) ? value : Math.min(value, Math.max(1, Math.floor(most)));
  const hardest = Math.max(2, fitted('mixHardest', mixHardest, queueSize / 4));
  return {
    ...settings,
    mixHardest: hardest,
    mixPairs: fitted('mixPairs', mixPairs, hardest / 2),
    mixQueries: fitted('mixQueries', mixQueries, hardest / 4),
  };
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
