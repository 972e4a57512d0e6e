import { EngineError } from '../../contract/errors.ts';
import type { EngineEvents } from '../engine-events.ts';
import { findAnchor } from '../library/anchor-lookup.ts';
import type { OpenLibraries } from '../open-libraries.ts';
import type { Library } from '../store/library-file.ts';
import { findRun } from '../store/runs.ts';
import { listVerdicts, removeVerdict, saveVerdict } from '../store/verdicts.ts';
import { describeVerdict, verdictGroupsOf } from '../verdicts/library-verdicts.ts';
import { falseNegativeRateOf, verdictQueueOf } from '../verdicts/verdict-queue.ts';
import type { MethodsOf } from './method-handlers.ts';

export function verdictMethods(
  libraries: OpenLibraries,
  events: EngineEvents,
  workingFolder: string,
): MethodsOf<'verdicts'> {
  const hashesOf = (library: Library, pair: readonly [string, string]): [string, string] => {
    const [first, second] = pair.map((reference) => findAnchor(library, reference, workingFolder));
    if (first && second && first.hash !== second.hash) return [first.hash, second.hash];
    throw new EngineError(
      'bad-argument',
      `A verdict is on two different pictures; both of these are "${first?.path ?? ''}".`,
    );
  };
  return {
    'verdicts.set': ({ pair, verdict, note, run }) => {
      const { library } = libraries.writable();
      const runId = run === undefined ? null : findRun(library, run).id;
      const stored = saveVerdict(library, hashesOf(library, pair), { verdict, note, runId });
      events.emit('verdicts', {});
      return describeVerdict(library, stored);
    },
    'verdicts.list': () => {
      const { library } = libraries.opened();
      return listVerdicts(library).map((stored) => describeVerdict(library, stored));
    },
    'verdicts.remove': ({ pair }) => {
      const { library } = libraries.writable();
      const removed = removeVerdict(library, hashesOf(library, pair));
      if (removed) events.emit('verdicts', {});
      return { removed };
    },
    'verdicts.groups': () => verdictGroupsOf(libraries.opened().library),
    'verdicts.queue': (input) => verdictQueueOf(libraries.opened(), input),
    'verdicts.rate': (input) => falseNegativeRateOf(libraries.opened(), input),
  };
}
