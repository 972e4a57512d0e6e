import type { EngineEvents } from '../session/engine-events.ts';
import { findAnchor } from '../pictures/anchor-lookup.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { findRun } from '../store/runs.ts';
import { listVerdicts, removeVerdict, saveVerdict } from '../store/verdicts.ts';
import { falseNegativeRateOf } from '../review/false-negative-rate.ts';
import {
  describeVerdict,
  describeVerdicts,
  verdictGroupsOf,
} from '../verdicts/library-verdicts.ts';
import { hashesOfPair } from '../verdicts/pair-hashes.ts';
import { exportVerdicts, importVerdicts } from '../verdicts/verdict-files.ts';
import { verdictQueueOf } from '../review/verdict-queue.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on verdicts. */
export function verdictMethods(
  libraries: OpenLibraries,
  events: EngineEvents,
  workingFolder: string,
): MethodsOf<'verdicts'> {
  return {
    'verdicts.set': ({ pair, verdict, note, run, time }) => {
      const session = libraries.writable();
      const { library } = session;
      const runId = run === undefined ? null : findRun(library, run).id;
      const hashes = hashesOfPair(library, pair, workingFolder);
      const createdAt = time === undefined ? {} : { createdAt: Date.parse(time) };
      const stored = saveVerdict(library, hashes, { verdict, note, runId, ...createdAt });
      events.emit('verdicts', {});
      return describeVerdict(session.samples(), stored);
    },
    'verdicts.change': ({ changes }) => {
      const { library } = libraries.writable();
      library.write(() => {
        for (const { pair, verdict, note, run, time } of changes) {
          const hashes = hashesOfPair(library, pair, workingFolder);
          if (verdict === null) removeVerdict(library, hashes);
          else {
            const runId = run === undefined ? null : findRun(library, run).id;
            const createdAt = time === undefined ? {} : { createdAt: Date.parse(time) };
            saveVerdict(library, hashes, { verdict, note, runId, ...createdAt });
          }
        }
      });
      events.emit('verdicts', {});
      return {};
    },
    'verdicts.list': () => {
      const session = libraries.opened();
      return describeVerdicts(session.samples(), listVerdicts(session.library));
    },
    'verdicts.remove': ({ pair }) => {
      const { library } = libraries.writable();
      const removed = removeVerdict(library, hashesOfPair(library, pair, workingFolder));
      if (removed) events.emit('verdicts', {});
      return { removed };
    },
    'verdicts.groups': () => {
      const session = libraries.opened();
      return verdictGroupsOf(session.library, session.samples());
    },
    'verdicts.queue': ({ pairs, ...input }) => {
      const session = libraries.opened();
      const idOf = (reference: string): number =>
        findAnchor(session.library, reference, workingFolder).id;
      const asked = pairs?.map(([anchor, id]) => [idOf(anchor), idOf(id)] as const) ?? null;
      return verdictQueueOf(session, input, asked);
    },
    'verdicts.exportFile': ({ format }) => {
      const session = libraries.opened();
      return exportVerdicts(session.library, session.samples(), format);
    },
    'verdicts.importFile': ({ text, format }) => {
      const { library } = libraries.writable();
      const report = importVerdicts(library, text, format, workingFolder);
      if (report.added + report.changed > 0) events.emit('verdicts', {});
      return report;
    },
    'verdicts.rate': (input) => falseNegativeRateOf(libraries.opened(), input),
  };
}
