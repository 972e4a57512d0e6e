import type { Library } from '../store/library-file.ts';
import { createRun, freeRunName, listRuns } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';

/** The run of an encoder that is not trained here, by its name if one is asked for; made when there is none. */
export function loadedRun(library: Library, encoder: string, name: string | undefined): Run {
  const known = listRuns(library).find(
    (run) => run.kind === 'loaded' && run.encoder === encoder && run.name === (name ?? run.name),
  );
  if (known) return known;
  return createRun(library, {
    name: name ?? freeRunName(library, encoder),
    kind: 'loaded',
    encoder,
    objective: null,
    settings: {},
    state: 'done',
  });
}
