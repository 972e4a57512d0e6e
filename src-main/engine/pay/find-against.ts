import { EngineError } from '../../contract/errors/errors.ts';
import type { PayReason } from '../../contract/pay.ts';
import { readyEncoders } from '../../contract/runs.ts';
import type { RunReference } from '../../contract/runs.ts';
import { usesVerdictsOf } from '../../contract/verdict-use.ts';
import { frozenOf } from '../encoders/embedding/frozen-record.ts';
import { tunedOf } from '../encoders/tuned/tuned-record.ts';
import { embeddedRun } from '../neighbours/embedded-run.ts';
import type { EmbeddedRun } from '../neighbours/embedded-run.ts';
import { hasEmbeddings } from '../store/embeddings.ts';
import type { Library } from '../store/library-file.ts';
import { findRun, listRuns } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';

/** Settings in which a training with verdicts and the same one without them may differ. */
const ownOfRun: ReadonlySet<string> = new Set([
  ...['verdicts', 'passOn', 'verdictGroups', 'heldOut', 'keepEpoch', 'patience'],
  ...[
    'groupPositives',
    'adapterStart',
    'differentRate',
    'job',
    'frozen',
    'ledgerSize',
    'keepCheckpoints',
  ],
]);

/** The run that another is measured against, and why this one. */
interface Against {
  readonly run: EmbeddedRun;
  readonly reason: PayReason;
}

/**
 * The run before: the one named `wanted`, else the same training without verdicts, else that of the encoder on
 * which a run was trained, else another that verdicts did not train, encoders that need no training
 * first.
 * @throws EngineError not-found, bad-argument where there is none
 */
export function findAgainst(library: Library, run: Run, wanted?: RunReference): Against {
  if (wanted !== undefined) return { run: chosenRun(library, run, wanted), reason: 'chosen' };
  const others = listRuns(library).filter(
    ({ id, deletedAt, weightsHash }) =>
      id !== run.id &&
      deletedAt === null &&
      weightsHash !== null &&
      weightsHash !== run.weightsHash &&
      hasEmbeddings(library, weightsHash, 'h'),
  );
  const base = frozenOf(run)?.on ?? tunedOf(run)?.on;
  const found: readonly (readonly [Run | undefined, PayReason])[] = [
    [others.findLast((one) => isSameTraining(one, run)), 'without-verdicts'],
    [others.find((one) => base !== undefined && isBase(one, base)), 'trained-on'],
    [nearestOther(others), 'only-other'],
  ];
  for (const [other, reason] of found) {
    if (other) return { run: embeddedRun(other), reason };
  }
  throw new EngineError(
    'bad-argument',
    `There is no other embedded run to measure "${run.name}" against: embed the pictures with the starter encoder, or train the same without verdicts.`,
  );
}

function chosenRun(library: Library, run: Run, wanted: RunReference): EmbeddedRun {
  const chosen = embeddedRun(findRun(library, wanted));
  if (chosen.id !== run.id) return chosen;
  throw new EngineError(
    'bad-argument',
    `"${run.name}" cannot be measured against itself; choose a run from before.`,
  );
}

function isBase({ id, name, kind, encoder }: Run, base: unknown): boolean {
  return base === id || base === name || (kind === 'loaded' && encoder === base);
}

function isSameTraining(one: Run, other: Run): boolean {
  return (
    one.kind === 'trained' &&
    !usesVerdictsOf(one.settings) &&
    trainingKey(one) === trainingKey(other)
  );
}

function trainingKey({ encoder, objective, settings }: Run): string {
  const shared = Object.entries(settings).filter(([key]) => !ownOfRun.has(key));
  const frozen = settings['frozen'] as { readonly hash?: unknown } | undefined;
  const sorted = shared.sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([encoder, objective, frozen?.hash ?? null, sorted]);
}

function nearestOther(others: readonly Run[]): Run | undefined {
  const ready = Object.keys(readyEncoders);
  const rank = ({ kind, encoder }: Run): number => {
    const known = kind === 'loaded' ? ready.indexOf(encoder) : -1;
    return known < 0 ? ready.length : known;
  };
  const untold = others.filter(({ settings }) => !usesVerdictsOf(settings));
  return untold.toSorted((a, b) => rank(a) - rank(b) || b.id - a.id)[0];
}
