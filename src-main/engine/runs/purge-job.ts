import { EngineError } from '../../contract/errors/errors.ts';
import type { RunReference } from '../../contract/runs.ts';
import type { Library } from '../store/library-file.ts';
import { beginPurge, purgeRun, purgingRuns, releaseSpace, usedBytes } from '../store/purge-run.ts';
import { allRuns, deletedRuns, findDeletedRun, findRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import type { JobContext, JobReport } from '../jobs/job-context.ts';
import type { JobRunner } from '../jobs/job-runner.ts';

/**
 * Deletes runs for good that were deleted before. A purge that was cancelled half-way is finished
 * first.
 */
export const runPurgeJob: JobRunner<'purge'> = async (context, { runs: wanted }) => {
  const { library } = context;
  const chosen = wanted?.map((run) => deletedRun(library, run)) ?? deletedRuns(library);
  const others = allRuns(library).filter(({ id }) => !chosen.some((run) => run.id === id));
  const reasons = chosen.map((run) => ({ run, reason: reasonToKeep(run, others) }));
  const sentences = reasons.flatMap(({ reason }) => reason ?? []);
  if (wanted !== undefined && sentences[0] !== undefined)
    throw new EngineError('bad-argument', sentences[0]);
  beginPurge(
    library,
    reasons.filter(({ reason }) => reason === null).map(({ run }) => run.id),
  );
  const before = usedBytes(library);
  const runs = purgingRuns(library);
  for (const [index, run] of runs.entries()) {
    const message = `Deleting “${run.name}” for good`;
    await pieceByPiece(context, purgeRun(library, run), { progress: index / runs.length, message });
  }
  const bytes = Math.max(0, before - usedBytes(library));
  const message = 'Giving space back to the disk';
  await pieceByPiece(context, releaseSpace(library), { progress: 0.99, message });
  context.report({ progress: 1, message: 'Deleted for good' });
  return { runs: runs.length, bytes, kept: sentences };
};

/**
 * The runs to purge.
 * @throws EngineError bad-argument for a run that was not deleted, not-found where there is no such run
 */
function deletedRun(library: Library, reference: RunReference): Run {
  const deleted = findDeletedRun(library, reference);
  if (deleted !== null) return deleted;
  const { name } = findRun(library, reference);
  throw new EngineError('bad-argument', `The run "${name}" is not deleted; delete it first.`);
}

/** Why a run must stay: a head embeds new pictures by the encoder that it was trained on. */
function reasonToKeep({ id, name }: Run, others: readonly Run[]): string | null {
  const head = others.find(({ settings }) => isTrainedOn(settings['frozen'], id));
  if (!head) return null;
  return `"${name}" was kept: "${head.name}" was trained on its features and needs it for new pictures. Delete "${head.name}" for good first.`;
}

function isTrainedOn(frozen: unknown, id: number): boolean {
  return typeof frozen === 'object' && frozen !== null && 'on' in frozen && frozen.on === id;
}

async function pieceByPiece(
  context: JobContext,
  pieces: Generator<void>,
  report: JobReport,
): Promise<void> {
  while (pieces.next().done !== true) {
    context.report(report);
    await context.yieldToEvents();
  }
}
