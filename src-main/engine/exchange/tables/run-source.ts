import { EngineError } from '../../../contract/errors/errors.ts';
import type { RunReference } from '../../../contract/runs.ts';
import { embeddedRun } from '../../neighbours/embedded-run.ts';
import type { EmbeddedRun } from '../../neighbours/embedded-run.ts';
import type { Library } from '../../store/library-file.ts';
import { findRun } from '../../store/runs.ts';
import type { Run } from '../../store/runs.ts';

/** @throws EngineError bad-argument when no run is named, not-found when there is no such run */
export function wantedRun(library: Library, run: RunReference | undefined): Run {
  if (run !== undefined) return findRun(library, run);
  throw new EngineError('bad-argument', 'Name the run to export.');
}

/** @throws EngineError not-found when the run has embedded nothing yet */
export function wantedEmbeddedRun(library: Library, run: RunReference | undefined): EmbeddedRun {
  return embeddedRun(wantedRun(library, run));
}

/** Describes the run that rows come from, for the head of a file. */
export function sourceOfRun({ name, encoder, objective, settings, weightsHash }: Run) {
  return {
    run: name,
    encoder,
    objective: objective ?? '',
    settings: JSON.stringify(settings),
    weightsHash: weightsHash ?? '',
  };
}
