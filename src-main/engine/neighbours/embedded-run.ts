import { EngineError } from '../../contract/errors/errors.ts';
import type { Run } from '../store/runs.ts';

/** A run that has embedded pictures. */
export type EmbeddedRun = Run & { readonly weightsHash: string };

/** Checks that a run has embedded pictures, and returns it. @throws EngineError not-found */
export function embeddedRun(run: Run): EmbeddedRun {
  const { weightsHash } = run;
  if (weightsHash === null) throw notEmbedded(run.name);
  return { ...run, weightsHash };
}

/** The error for a run that has not embedded anything. */
export function notEmbedded(name: string): EngineError {
  return new EngineError(
    'not-found',
    `The run "${name}" has no embeddings yet: embed the pictures with it first.`,
  );
}
