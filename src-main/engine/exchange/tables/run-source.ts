import { EngineError } from '../../../contract/errors.ts';
import type { RunReference } from '../../../contract/runs.ts';
import type { Library } from '../../store/library-file.ts';
import { findRun } from '../../store/runs.ts';
import type { Run } from '../../store/runs.ts';

/** A run that has embedded something. */
export type EmbeddedRun = Run & { readonly weightsHash: string };

/** @throws EngineError bad-argument when no run is named, not-found when there is no such run */
export function wantedRun(library: Library, run: RunReference | undefined): Run {
  if (run !== undefined) return findRun(library, run);
  throw new EngineError('bad-argument', 'Name the run to export.');
}

/** @throws EngineError not-found when the run has embedded nothing yet */
export function wantedEmbeddedRun(library: Library, run: RunReference | undefined): EmbeddedRun {
  const found = wantedRun(library, run);
  const { weightsHash } = found;
  if (weightsHash !== null) return { ...found, weightsHash };
  throw new EngineError('not-found', `The run "${found.name}" has no embeddings yet.`);
}

/** Where rows of a run come from, in words for the head of a file. */
export function sourceOfRun({ name, encoder, objective, settings, weightsHash }: Run) {
  return {
    run: name,
    encoder,
    objective: objective ?? '',
    settings: JSON.stringify(settings),
    weightsHash: weightsHash ?? '',
  };
}
