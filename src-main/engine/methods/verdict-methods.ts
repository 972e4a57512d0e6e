import { largeJoins } from '../../contract/joined-groups.ts';
import type { MethodCheckedInput } from '../../contract/methods.ts';
import type { EngineEvents } from '../session/engine-events.ts';
import { findAnchor } from '../pictures/anchor-lookup.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import type { Library } from '../store/library-file.ts';
import { libraryPassOn, savePassOn } from '../store/pass-on.ts';
import { librarySameLabel, saveSameLabel } from '../store/same-label.ts';
import { findRun } from '../store/runs.ts';
import { listVerdicts, removeVerdict, saveVerdict } from '../store/verdicts.ts';
import { alikePairsOf } from '../review/one-per-family.ts';
import { falsePushShareOf } from '../review/false-push-share.ts';
import { falseNegativeRateOf } from '../review/false-negative-rate.ts';
import {
  describeVerdict,
  describeVerdicts,
  picturesOfJoin,
  verdictGroupsOf,
} from '../verdicts/library-verdicts.ts';
import { hashesOfPair } from '../verdicts/pair-hashes.ts';
import { verdictQueueOf } from '../review/verdict-queue.ts';
import type { MethodsOf } from './method-handlers.ts';

type GivenVerdict = MethodCheckedInput<'verdicts.set'>;

/** Answers the methods on verdicts. */
export function verdictMethods(
  libraries: OpenLibraries,
  events: EngineEvents,
  workingFolder: string,
): MethodsOf<'verdicts'> {
  const store = (library: Library, { pair, note, run, time, ...given }: GivenVerdict) => {
    const runId = run === undefined ? null : findRun(library, run).id;
    const hashes = hashesOfPair(library, pair, workingFolder);
    const createdAt = time === undefined ? {} : { createdAt: Date.parse(time) };
    return saveVerdict(library, hashes, { ...given, note, runId, ...createdAt });
  };
  return {
    'verdicts.set': (given) => {
      const session = libraries.writable();
      const before = listVerdicts(session.library);
      const stored = store(session.library, given);
      events.emit('verdicts', {});
      const [join] = largeJoins(before, [stored]);
      const joins = join && picturesOfJoin(session.samples(), join);
      return { ...describeVerdict(session.samples(), stored), ...(joins && { joins }) };
    },
    'verdicts.change': ({ changes }) => {
      const { library } = libraries.writable();
      library.write(() => {
        for (const { verdict, ...change } of changes) {
          if (verdict !== null) store(library, { verdict, ...change });
          else removeVerdict(library, hashesOfPair(library, change.pair, workingFolder));
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
    // What reads and writes tables is loaded only when it is needed.
    'verdicts.exportFile': async ({ format }) => {
      const { exportVerdicts } = await import('../verdicts/verdict-files.ts');
      const session = libraries.opened();
      return exportVerdicts(session.library, session.samples(), format);
    },
    'verdicts.importFile': async ({ text, format }) => {
      const { importVerdicts } = await import('../verdicts/verdict-files.ts');
      const { library } = libraries.writable();
      const report = importVerdicts(library, text, format, workingFolder);
      if (report.added + report.changed > 0) events.emit('verdicts', {});
      return report;
    },
    'verdicts.passOn': () => libraryPassOn(libraries.opened().library),
    'verdicts.setPassOn': ({ passOn }) => {
      const { library } = libraries.writable();
      savePassOn(library, passOn);
      events.emit('verdicts', {});
      return libraryPassOn(library);
    },
    'verdicts.sameLabel': () => ({ sameLabel: librarySameLabel(libraries.opened().library) }),
    'verdicts.setSameLabel': ({ sameLabel }) => {
      const { library } = libraries.writable();
      saveSameLabel(library, sameLabel);
      events.emit('verdicts', {});
      return { sameLabel };
    },
    'verdicts.alike': ({ run, pair: [first, second] }) => {
      const session = libraries.opened();
      const idOf = (reference: string): number =>
        findAnchor(session.library, reference, workingFolder).id;
      return alikePairsOf(session, run, [idOf(first), idOf(second)]);
    },
    'verdicts.pushShare': (input) => falsePushShareOf(libraries.opened(), input),
    'verdicts.rate': (input) => falseNegativeRateOf(libraries.opened(), input),
  };
}
