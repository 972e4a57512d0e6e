import { EngineError } from '../../contract/errors.ts';
import type { Run } from '../store/runs.ts';

/** A run that has embedded something. */
export type EmbeddedRun = Run & { readonly weightsHash: string };

/** The same run. @throws EngineError not-found when it has embedded nothing yet */
export function embeddedRun(run: Run): EmbeddedRun {
  const { weightsHash } = run;
  if (weightsHash === null) throw notEmbedded(run.name);
  return { ...run, weightsHash };
}

export function notEmbedded(name: string): EngineError {
  return new EngineError(
    'not-found',
    `The run "${name}" has no embeddings yet: embed the pictures with it first.`,
  );
}
