import type { RunReference } from '../../contract/runs.ts';
import { embeddedRun } from './embedded-run.ts';
import type { EmbeddedRun } from './embedded-run.ts';
import { readRun } from './embedding-cache.ts';
import type { RunEmbeddings } from './embedding-cache.ts';
import { findRun } from '../store/runs.ts';
import type { JobContext } from '../jobs/job-context.ts';

/** The run that a job works on, with its embeddings; progress reports name the run. */
interface OpenRun {
  readonly run: EmbeddedRun;
  readonly embeddings: RunEmbeddings;
  readonly report: (progress: number, message: string) => void;
}

/**
 * Opens a run and reads its embeddings.
 * @throws EngineError not-found when there is no such run, or it has embedded nothing yet
 */
export async function openRun(context: JobContext, reference: RunReference): Promise<OpenRun> {
  const { library } = context;
  const run = embeddedRun(findRun(library, reference));
  const report = (progress: number, message: string): void =>
    context.report({ progress, message, run: run.id });
  report(0, 'Reading embeddings');
  return { run, report, embeddings: await readRun(library, run.name, run.weightsHash) };
}
