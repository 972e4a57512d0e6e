import type { OpenLibraries } from '../open-libraries.ts';
import { readNearDuplicates } from '../read-near-duplicates.ts';
import { readPictureNumbers } from '../read-picture-numbers.ts';
import { listCheckpoints } from '../store/checkpoints.ts';
import { readHistory } from '../store/history.ts';
import { settingsOf } from '../map/stored-parameters.ts';
import { findMap, listMaps } from '../store/maps.ts';
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
    'runs.checkpoints': ({ run }) => {
      const { library } = libraries.opened();
      return listCheckpoints(library, findRun(library, run).id).map(({ epoch }) => epoch);
    },
    'runs.maps': ({ run }) => {
      const { library } = libraries.opened();
      const { weightsHash } = findRun(library, run);
      if (weightsHash === null) return [];
      return listMaps(library, weightsHash).map(({ key, points, parameters }) => {
        return { map: key, points, ...settingsOf(parameters) };
      });
    },
    'runs.map': ({ run, map: key }) => {
      const { library } = libraries.opened();
      const { weightsHash } = findRun(library, run);
      const map = weightsHash === null ? null : findMap(library, weightsHash, key);
      if (map === null) return null;
      return {
        map: map.key,
        ...settingsOf(map.parameters),
        ids: new Uint32Array(map.sampleIds),
        coordinates: new Float32Array(map.coordinates),
      };
    },
  };
}
