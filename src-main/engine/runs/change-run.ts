import { EngineError } from '../../contract/errors/errors.ts';
import { mostTags } from '../../contract/run-care.ts';
import type { RunCare } from '../../contract/run-care.ts';
import type { RunReference } from '../../contract/runs.ts';
import { unfinishedJobs } from '../store/jobs.ts';
import type { Library } from '../store/library-file.ts';
import { checkRunName, findDeletedRun, findRun, freeRunName, updateRun } from '../store/runs.ts';
import type { Run, RunChanges } from '../store/runs.ts';

/**
 * Changes a run's name, note, tags or archiving; what is not given stays unchanged.
 * @throws EngineError not-found, bad-argument when another run has the name, or for too many tags
 */
export function changeRun(library: Library, reference: RunReference, care: RunCare): Run {
  const { name, note, archived, addTags, removeTags } = care;
  return library.write(() => {
    const run = findRun(library, reference);
    if (name !== undefined && name !== run.name) checkRunName(library, name);
    const changes: RunChanges = {
      tags: tagsAfter(run, addTags, removeTags),
      ...(name !== undefined && { name }),
      ...(note !== undefined && { note }),
      ...(archived !== undefined && { archived }),
    };
    return updateRun(library, run.id, changes);
  });
}

/** Tags in alphabetical order, each once. */
function tagsAfter(run: Run, added: readonly string[], removed: readonly string[]): string[] {
  const tags = [...new Set([...run.tags, ...added])].filter((tag) => !removed.includes(tag)).sort();
  if (tags.length <= mostTags) return tags;
  throw new EngineError(
    'bad-argument',
    `"${run.name}" would have ${tags.length} tags; a run has at most ${mostTags}.`,
  );
}

/**
 * Deletes a run so that it can be restored: it is not listed any more, and its name is free.
 * @throws EngineError not-found, bad-argument while a job makes the run
 */
export function deleteRun(library: Library, reference: RunReference): Run {
  return library.write(() => {
    const run = findRun(library, reference);
    const job = unfinishedJobs(library).find(({ id }) => id === run.settings['job']);
    if (job !== undefined) {
      throw new EngineError(
        'bad-argument',
        `The run "${run.name}" is not finished: cancel job ${job.id} first, then delete it.`,
      );
    }
    return updateRun(library, run.id, { deletedAt: library.now() });
  });
}

/**
 * Restores a deleted run under the given name, else its own or, where that is taken, a free one.
 * @throws EngineError not-found, bad-argument when it was not deleted or the given name is taken
 */
export function restoreRun(library: Library, reference: RunReference, name?: string): Run {
  return library.write(() => {
    const run = findDeletedRun(library, reference);
    if (run === null) {
      const found = findRun(library, reference);
      throw new EngineError('bad-argument', `The run "${found.name}" is not deleted.`);
    }
    if (name !== undefined) checkRunName(library, name);
    const restored = name ?? freeRunName(library, run.name);
    return updateRun(library, run.id, { deletedAt: null, name: restored });
  });
}
