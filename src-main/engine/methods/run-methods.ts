import type { OpenLibraries } from '../open-libraries.ts';
import { readNearDuplicates } from '../read-near-duplicates.ts';
import { readPictureNumbers } from '../read-picture-numbers.ts';
import { readHistory } from '../store/history.ts';
import { latestMap } from '../store/maps.ts';
import { findRun, runSummaries } from '../store/runs.ts';
import type { MethodsOf } from './method-handlers.ts';

export function runMethods(libraries: OpenLibraries): MethodsOf<'runs'> {
  return {
    'runs.list': () => (libraries.current ? runSummaries(libraries.current.library) : []),
    'runs.history': ({ run }) => {
      const { library } = libraries.opened();
      return readHistory(library, findRun(library, run).id);
    },
    'runs.pictureNumbers': ({ run }) => {
      const { library } = libraries.opened();
      return readPictureNumbers(library, findRun(library, run).id);
    },
    'runs.nearDuplicates': async ({ run, threshold }) => {
      const embeddings = await libraries.opened().embeddings.ofRun(run);
      return readNearDuplicates(embeddings, threshold);
    },
    'runs.map': ({ run }) => {
      const { library } = libraries.opened();
      const { weightsHash } = findRun(library, run);
      const map = weightsHash === null ? null : latestMap(library, weightsHash);
      if (map === null) return null;
      const { method, seed, neighbours } = map.parameters;
      return {
        ids: new Uint32Array(map.sampleIds),
        coordinates: new Float32Array(map.coordinates),
        method: String(method),
        seed: Number(seed),
        neighbours: Number(neighbours),
      };
    },
  };
}
