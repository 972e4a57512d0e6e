import type { Library } from '../store/library-file.ts';
import { createRun, freeRunName, listRuns, updateRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';

/**
 * The run of an encoder that needs no training, with the given name if there is one; it is created if
 * it does not exist, and taken out of the archive if it is archived.
 */
export function runOfEncoder(library: Library, encoder: string, name: string | undefined): Run {
  const known = listRuns(library).find(
    (run) => run.kind === 'loaded' && run.encoder === encoder && run.name === (name ?? run.name),
  );
  // A user who embeds with it again wants to see it.
  if (known) return known.archived ? updateRun(library, known.id, { archived: false }) : known;
  return createRun(library, {
    name: name ?? freeRunName(library, encoder),
    kind: 'loaded',
    encoder,
    objective: null,
    settings: {},
    state: 'done',
  });
}
