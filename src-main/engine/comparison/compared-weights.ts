import type { ComparedRun, Comparison } from '../../contract/comparison.ts';
import type { JudgedSameNegatives } from '../../contract/judged-same-negatives.ts';
import { scoreProtocol } from '../../contract/run-scores.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import { listCheckpoints } from '../store/checkpoints.ts';
import { readHistory } from '../store/history.ts';
import type { Library } from '../store/library-file.ts';
import { findRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import { judgedSameNegatives } from '../verdicts/judged-same-negatives.ts';

/** One side of a comparison: a run as it is now, or with the checkpoint of an epoch. */
export interface ComparedWeights {
  readonly run: Run;
  /** `name`, or `name@epoch`. */
  readonly name: string;
  /** Whether the run stands for its whole seed group. */
  readonly isWhole: boolean;
  /** Null for the run as it is now. */
  readonly epoch: number | null;
  readonly weightsHash: string;
  /** The alignment that the training measured, by today's protocol; null if unknown. */
  readonly alignment: number | null;
}

/**
 * The weights of a run or checkpoint that is to be compared.
 * @throws EngineError not-found if the run was never embedded, or the epoch's checkpoint is gone
 */
export function findCompared(
  library: Library,
  { run: reference, epoch, seeds: isWhole = false }: ComparedRun,
): ComparedWeights {
  const run = findRun(library, reference);
  if (epoch === undefined) {
    const { weightsHash, name } = run;
    if (weightsHash === null) {
      throw new EngineError('not-found', `The run "${name}" has no embeddings yet.`);
    }
    return { run, name, isWhole, epoch: null, weightsHash, alignment: alignmentOf(run) };
  }
  const checkpoint = listCheckpoints(library, run.id).find((stored) => stored.epoch === epoch);
  if (checkpoint === undefined) {
    throw new EngineError(
      'not-found',
      `The run "${run.name}" has no checkpoint of epoch ${epoch}: it was deleted, or never made.`,
    );
  }
  const { weightsHash } = checkpoint;
  const measured = readHistory(library, run.id).epochMetrics.filter((row) => row.epoch === epoch);
  const valueOf = (name: string): number | null =>
    measured.find((row) => row.name === name)?.value ?? null;
  const name = `${run.name}@${epoch}`;
  const alignment = valueOf('protocol') === scoreProtocol ? valueOf('alignment') : null;
  return { run, name, isWhole: false, epoch, weightsHash, alignment };
}

/** The alignment of a run by today's protocol; null where it was not measured so. */
export function alignmentOf({ metrics }: Run): number | null {
  return metrics.alignmentProtocol === scoreProtocol ? (metrics.alignment ?? null) : null;
}

/** What the trainings of the two runs did with pairs judged the same. */
export function judgedSameOf(
  library: Library,
  first: ComparedWeights,
  second: ComparedWeights,
): Pick<Comparison, 'judgedSame'> {
  const judgedSame = ({ run, epoch }: ComparedWeights): JudgedSameNegatives | null =>
    judgedSameNegatives(library, run.id, epoch ?? undefined);
  return { judgedSame: { a: judgedSame(first), b: judgedSame(second) } };
}
