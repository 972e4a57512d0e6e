import type { Objective } from '../../../contract/objectives/parse-objective.ts';
import { objectiveLoss } from '../../losses/objective-loss.ts';
import { projectedLength } from '../../networks/trainable-encoder.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { averagedBatchSource } from './averaged-batch.ts';
import { bankSource } from './bank.ts';
import type { BankPlan } from './bank.ts';
import { batchSource } from './batch.ts';
import { cancellingBatchSource } from './cancelling-batch.ts';
import type { Cancelling } from './cancelling.ts';
import { generatedSource } from './generated.ts';
import type { Generation } from './generated.ts';
import type { Mixing } from './queue-mixing.ts';
import { prototypesSource } from './prototypes.ts';
import { queueSource } from './queue.ts';
import type { TrainingSource } from './training-source.ts';
import { twoBanksSource } from './two-banks.ts';

/** The encoder, batch and number of pictures that a source is created for. */
interface SourceSize {
  readonly encoder: EncoderPlan;
  readonly batch: number;
  /** How many pictures there are to train on. */
  readonly pictures: number;
  /** Whether all anchors must have the same columns, which a ledger and verdicts need. */
  readonly sharesColumns: boolean;
  /** Whether the positive of a picture may be one that was judged the same. */
  readonly drawsPositives?: boolean;
}

/** Creates the source of an objective's negatives. */
export function createSource(objective: Objective, size: SourceSize): TrainingSource {
  const source = realSource(objective, size);
  return objective.selection === 'generation'
    ? generatedSource(source, generationOf(objective, size))
    : source;
}

function realSource(objective: Objective, size: SourceSize): TrainingSource {
  const { encoder, batch } = size;
  const { queueSize = 0, keyMomentum = 0, batchNormSplits = 1 } = objective.settings;
  switch (objective.source) {
    case 'batch':
      return batchSourceOf(objective, size);
    case 'queue':
      return queueSource({
        ...{ encoder, batch, queueSize, keyMomentum, batchNormSplits },
        mixing: mixingOf(objective),
        cancelling: cancellingOf(objective),
      });
    case 'bank':
      return bankSource(bankPlan(objective, size));
    case 'two-banks':
      return twoBanksSource(bankPlan(objective, size));
    case 'prototypes':
      return prototypesSource({
        ...{ batch, pictures: size.pictures, width: projectedLength(encoder) },
        prototypes: objective.settings.prototypes ?? 0,
        hasTemperatures: objective.settings.clusterTemperatures ?? false,
        hasInstanceTerm: objective.settings.instanceTerm ?? false,
      });
  }
}

function batchSourceOf(objective: Objective, { batch, pictures }: SourceSize): TrainingSource {
  if (objective.loss === 'global') return averagedBatchSource(batch, pictures);
  const cancelling = cancellingOf(objective);
  return cancelling ? cancellingBatchSource(batch, cancelling) : batchSource(batch);
}

/** Null where nothing is mixed. */
function mixingOf({ selection, settings }: Objective): Mixing | null {
  const { mixHardest = 0, mixPairs = 0, mixQueries = 0, mixWarmup = 0 } = settings;
  if (selection !== 'mixing' || mixPairs + mixQueries === 0) return null;
  return { hardest: mixHardest, pairs: mixPairs, queries: mixQueries, warmup: mixWarmup };
}

function generationOf(objective: Objective, { encoder, batch }: SourceSize): Generation {
  const { generatedNegatives = 2, noiseDimension = 1, generatorWidth = 1 } = objective.settings;
  const { diversityWeight = 0, generatorRate = 0, featureMomentum = 0 } = objective.settings;
  return {
    ...{ encoder, batch, diversityWeight, featureMomentum },
    shape: { features: projectedLength(encoder), noise: noiseDimension, width: generatorWidth },
    use: objective.settings.generatedUse ?? 'beside',
    loss: objectiveLoss(objective),
    count: generatedNegatives,
    learningRate: generatorRate,
  };
}

/** Null where nothing is cancelled. */
function cancellingOf({ selection, settings }: Objective): Cancelling | null {
  if (selection !== 'cancellation') return null;
  const { supportViews = 0, falseTopK = 1, falseThreshold = 1, falseQuantile = 0 } = settings;
  return {
    ...{ supportViews, topK: falseTopK, threshold: falseThreshold, quantile: falseQuantile },
    mode: settings.falseAction === 'eliminate' ? 'elimination' : 'attraction',
  };
}

function bankPlan(objective: Objective, size: SourceSize): BankPlan {
  const { encoder, batch, pictures, sharesColumns, drawsPositives = false } = size;
  const { nceK = 0, bankMomentum = 0, normaliser = 'first' } = objective.settings;
  const cancelling = cancellingOf(objective);
  return {
    batch,
    width: projectedLength(encoder),
    draws: {
      anchors: batch,
      rows: pictures,
      draws: nceK,
      fromRing: ['ring', 'ball', 'cave'].includes(objective.selection),
      // False negatives are searched in the bank itself, not in each anchor's own draws.
      sharesColumns: sharesColumns || cancelling !== null,
    },
    bankMomentum,
    isBinary: objective.loss === 'binary-nce',
    normaliser,
    cancelling,
    drawsPositives,
  };
}
