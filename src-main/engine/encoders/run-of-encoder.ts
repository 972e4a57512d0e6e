import type { Library } from '../store/library-file.ts';
import { createRun, freeRunName, listRuns, updateRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';

/**
 * The run of an encoder that needs no training here, the one of this name where one is asked for;
 * made when there is none.
 */
export function runOfEncoder(library: Library, encoder: string, name: string | undefined): Run {
  const known = listRuns(library).find(
    (run) => run.kind === 'loaded' && run.encoder === encoder && run.name === (name ?? run.name),
  );
  // Whoever embeds with it again wants to see it.
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
