import { EngineError } from '../../contract/errors/errors.ts';
import type { AnchorLedger } from '../../contract/ledger.ts';
import type { AnchorPicture } from '../../contract/negatives.ts';
import { hasLedger, ledgerTotals, readLedger } from '../store/ledger.ts';
import type { Library } from '../store/library-file.ts';
import type { Run } from '../store/runs.ts';

/**
 * What a run's ledger recorded of an anchor in the `wanted` epoch, or in the last epoch that has it.
 * @throws EngineError not-found if the run has no ledger, or none of this anchor in this epoch
 */
export function readAnchorLedger(
  library: Library,
  run: Pick<Run, 'id' | 'name' | 'kind' | 'settings'>,
  anchor: AnchorPicture,
  wanted?: number,
): AnchorLedger {
  const byEpoch = ledgerTotals(library, run.id, anchor.id);
  const epochs = byEpoch.map(({ epoch }) => epoch);
  const epoch = wanted ?? epochs.at(-1);
  const recorded = epoch === undefined ? null : readLedger(library, run.id, epoch, anchor.id);
  if (epoch === undefined || recorded === null) throw nothing(library, run, anchor, epochs, wanted);
  const { loss, effectiveNegatives, clamped, sameLabelShare, negatives } = recorded;
  const { syntheticShare } = recorded;
  const totals = {
    ...{ loss, effectiveNegatives, clamped, sameLabelShare },
    ...(syntheticShare !== undefined && { syntheticShare }),
  };
  const column = (name: keyof AnchorLedger['history']): Float32Array<ArrayBuffer> =>
    Float32Array.from(byEpoch, (row) => row[name]);
  return {
    ...{ anchor, epoch, epochs, totals },
    history: {
      loss: column('loss'),
      effectiveNegatives: column('effectiveNegatives'),
      clamped: column('clamped'),
      sameLabelShare: column('sameLabelShare'),
    },
    ids: new Uint32Array(negatives.ids),
    similarity: new Float32Array(negatives.similarity),
    weight: new Float32Array(negatives.weight),
    share: new Float32Array(negatives.share),
    met: new Uint16Array(negatives.met),
    zone: new Uint8Array(negatives.zone),
    ...(negatives.judgedDifferent && {
      judgedDifferent: new Uint8Array(negatives.judgedDifferent),
    }),
  };
}

function nothing(
  library: Library,
  run: Pick<Run, 'id' | 'name' | 'kind' | 'settings'>,
  { path }: AnchorPicture,
  epochs: readonly number[],
  wanted: number | undefined,
): EngineError {
  const sentence = (text: string): EngineError => new EngineError('not-found', text);
  if (epochs.length > 0) {
    return sentence(
      `The run "${run.name}" recorded nothing of "${path}" in epoch ${wanted ?? 0}; it did in ${epochs.join(', ')}. Pictures that do not fill a batch sit an epoch out.`,
    );
  }
  if (hasLedger(library, run.id)) {
    return sentence(
      `The run "${run.name}" never trained on "${path}": it came later, could not be read, or sat every epoch out.`,
    );
  }
  if (run.kind === 'loaded') {
    return sentence(`The run "${run.name}" was not trained here, so it has no ledger.`);
  }
  if (run.kind === 'imported') {
    return sentence(
      `The run "${run.name}" was imported without recorded negatives, so it has no ledger.`,
    );
  }
  return sentence(
    `The run "${run.name}" has no ledger: it has no finished epoch, was trained with a ledger size of 0, or by an older version. Train again to record one.`,
  );
}
