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
  { run: reference, epoch }: ComparedRun,
): ComparedWeights {
  const run = findRun(library, reference);
  if (epoch === undefined) {
    const { weightsHash, name } = run;
    if (weightsHash === null) {
      throw new EngineError('not-found', `The run "${name}" has no embeddings yet.`);
    }
    const { alignment: measured, alignmentProtocol } = run.metrics;
    const alignment = alignmentProtocol === scoreProtocol ? (measured ?? null) : null;
    return { run, name, epoch: null, weightsHash, alignment };
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
  return { run, name, epoch, weightsHash, alignment };
}

/** What a comparison tells of its two runs themselves: their names, and what their trainings did. */
export function sidesOf(
  library: Library,
  first: ComparedWeights,
  second: ComparedWeights,
): Pick<Comparison, 'a' | 'b' | 'judgedSame'> {
  const judgedSame = ({ run, epoch }: ComparedWeights): JudgedSameNegatives | null =>
    judgedSameNegatives(library, run.id, epoch ?? undefined);
  return {
    a: first.name,
    b: second.name,
    judgedSame: { a: judgedSame(first), b: judgedSame(second) },
  };
}
