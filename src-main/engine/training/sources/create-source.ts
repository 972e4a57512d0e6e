import type { Objective } from '../../../contract/objectives/parse-objective.ts';
import type { SelectionName } from '../../../contract/objectives/parts.ts';
import { projectedLength } from '../../networks/trainable-encoder.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { attraction } from '../../losses/attraction.ts';
import type { Selection } from '../../losses/selection.ts';
import { binaryNceDraws } from '../../losses/binary-nce.ts';
import { selections } from '../../losses/selections.ts';
import { bankSource } from './bank.ts';
import type { BankPlan } from './bank.ts';
import { batchSource } from './batch.ts';
import { cancellingBatchSource } from './cancelling-batch.ts';
import type { CancellingPlan } from './cancelling-batch.ts';
import type { Mixing } from './queue-mixing.ts';
import { prototypesSource } from './prototypes.ts';
import { queueSource } from './queue.ts';
import type { TrainingSource } from './training-source.ts';
import { twoBanksSource } from './two-banks.ts';

/** What a source is made for. */
export interface SourceSize {
  readonly encoder: EncoderPlan;
  readonly batch: number;
  /** How many there are to train on. */
  readonly pictures: number;
  /** Whether something is said of columns by picture: a ledger, or verdicts. */
  readonly sharesColumns: boolean;
}

/** The selection of an objective, for any source that makes candidates. */
export function selectionOf({ selection, loss }: Objective): Selection {
  if (loss === 'binary-nce') return binaryNceDraws;
  if (selection === 'cancellation') return attraction;
  const known: Partial<Record<SelectionName, Selection>> = selections;
  return known[selection] ?? selections.all;
}

/** The source of an objective's negatives. */
export function createSource(objective: Objective, size: SourceSize): TrainingSource {
  const { encoder, batch } = size;
  const selection = selectionOf(objective);
  const { queueSize = 0, keyMomentum = 0 } = objective.settings;
  switch (objective.source) {
    case 'batch':
      if (objective.selection !== 'cancellation') return batchSource(selection, batch);
      return cancellingBatchSource(cancellingPlan(objective, batch));
    case 'queue':
      return queueSource({
        ...{ encoder, selection, batch, queueSize, keyMomentum },
        mixing: mixingOf(objective),
      });
    case 'bank':
      return bankSource(bankPlan(objective, size));
    case 'two-banks':
      return twoBanksSource(bankPlan(objective, size));
    case 'prototypes':
      return prototypesSource({
        ...{ selection, batch, pictures: size.pictures, width: projectedLength(encoder) },
        prototypes: objective.settings.prototypes ?? 0,
      });
  }
}

/** Null where nothing is mixed. */
function mixingOf({ selection, settings }: Objective): Mixing | null {
  const { mixHardest = 0, mixPairs = 0, mixQueries = 0, mixWarmup = 0 } = settings;
  if (selection !== 'mixing' || mixPairs + mixQueries === 0) return null;
  return { hardest: mixHardest, pairs: mixPairs, queries: mixQueries, warmup: mixWarmup };
}

function cancellingPlan({ settings }: Objective, batch: number): CancellingPlan {
  const { supportViews = 0, falseTopK = 1, falseThreshold = 1, falseAction } = settings;
  const mode = falseAction === 'eliminate' ? 'elimination' : 'attraction';
  return { batch, supportViews, topK: falseTopK, threshold: falseThreshold, mode };
}

function bankPlan(objective: Objective, size: SourceSize): BankPlan {
  const { encoder, batch, pictures, sharesColumns } = size;
  const { nceK = 0, bankMomentum = 0, normaliser = 'first' } = objective.settings;
  return {
    selection: selectionOf(objective),
    batch,
    width: projectedLength(encoder),
    draws: {
      anchors: batch,
      rows: pictures,
      draws: nceK,
      fromRing: ['ring', 'ball', 'cave'].includes(objective.selection),
      sharesColumns,
    },
    bankMomentum,
    isBinary: objective.loss === 'binary-nce',
    normaliser,
  };
}
