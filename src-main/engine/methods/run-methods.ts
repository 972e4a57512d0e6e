import type { RunSummary } from '../../contract/runs.ts';
import { changeRun, deleteRun, restoreRun } from '../runs/change-run.ts';
import type { EngineEvents } from '../session/engine-events.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { readNearDuplicates } from '../neighbours/read-near-duplicates.ts';
import { readPictureNumbers } from '../explain/read-picture-numbers.ts';
import { listCheckpoints } from '../store/checkpoints.ts';
import { hasEmbeddings } from '../store/embeddings.ts';
import { readHistory } from '../store/history.ts';
import { settingsOf } from '../map/stored-parameters.ts';
import { findMap, listMaps } from '../store/maps.ts';
import type { Library } from '../store/library-file.ts';
import { findRun, runSummaries, runSummaryOf } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import { judgedSameNegatives } from '../verdicts/judged-same-negatives.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Pictures of a map whose vectors are read before they are asked for; of more they may take gigabytes. */
const preparedAtMost = 200_000;

/** Answers the methods on runs. */
export function runMethods(libraries: OpenLibraries, events: EngineEvents): MethodsOf<'runs'> {
  const changed = (change: (library: Library) => Run): RunSummary => {
    const { library } = libraries.writable();
    const run = change(library);
    events.emit('runCare', {});
    return runSummaryOf(library, run);
  };
  return {
    'runs.list': (wanted) =>
      libraries.current ? runSummaries(libraries.current.library, wanted) : [],
    'runs.update': ({ run, ...care }) => changed((library) => changeRun(library, run, care)),
    'runs.delete': ({ run }) => changed((library) => deleteRun(library, run)),
    'runs.restore': ({ run, name }) => changed((library) => restoreRun(library, run, name)),
    'runs.history': ({ run }) => {
      const { library } = libraries.opened();
      return readHistory(library, findRun(library, run).id);
    },
    'runs.pictureNumbers': ({ run }) => {
      const { library } = libraries.opened();
      return readPictureNumbers(library, findRun(library, run).id);
    },
    'runs.judgedSame': ({ run, epoch }) => {
      const { library } = libraries.opened();
      return judgedSameNegatives(library, findRun(library, run).id, epoch);
    },
    'runs.nearDuplicates': async ({ run, threshold }) => {
      const embeddings = await libraries.opened().embeddings.ofRun(run);
      return readNearDuplicates(embeddings, threshold);
    },
    'runs.checkpoints': ({ run }) => {
      const { library } = libraries.opened();
      return listCheckpoints(library, findRun(library, run).id).map(({ epoch }) => epoch);
    },
    'runs.embeddedEpochs': ({ run }) => {
      const { library } = libraries.opened();
      return listCheckpoints(library, findRun(library, run).id)
        .filter(({ weightsHash }) => hasEmbeddings(library, weightsHash, 'h'))
        .map(({ epoch }) => epoch);
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
      const { library, embeddings } = libraries.opened();
      const { weightsHash } = findRun(library, run);
      const map = weightsHash === null ? null : findMap(library, weightsHash, key);
      if (map === null) return null;
      // Who looks at a map will click a picture.
      if (map.sampleIds.length <= preparedAtMost) setImmediate(() => embeddings.prepare(run));
      return {
        map: map.key,
        ...settingsOf(map.parameters),
        ids: new Uint32Array(map.sampleIds),
        coordinates: new Float32Array(map.coordinates),
      };
    },
  };
}
