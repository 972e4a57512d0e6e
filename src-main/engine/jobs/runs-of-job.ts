import { EngineError } from '../../contract/errors/errors.ts';
import type { JobStatus } from '../../contract/jobs.ts';
import type { RunReference } from '../../contract/runs.ts';
import type { Library } from '../store/library-file.ts';
import { findRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';

/**
 * The runs that a job reads, by the names or numbers in its input; null where one of them does not
 * exist.
 */
export function runsOfJob(library: Library, input: JobStatus['input']): Run[] | null {
  try {
    return references(input).map((reference) => findRun(library, reference));
  } catch (error) {
    if (error instanceof EngineError && error.code === 'not-found') return null;
    throw error;
  }
}

interface NamesRuns {
  readonly run?: RunReference;
  readonly against?: RunReference;
  readonly runs?: readonly { readonly run: RunReference }[];
}

function references(input: unknown): RunReference[] {
  const { run, against, runs = [] } = input as NamesRuns;
  const named = [run, against].filter((one) => one !== undefined);
  return [...named, ...runs.map((one) => one.run)];
}
