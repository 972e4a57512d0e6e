import { EngineError } from '../../contract/errors/errors.ts';
import { leaveOutText } from '../../contract/leave-out.ts';
import { payConclusion, payWords } from '../../contract/pay-words.ts';
import type { MovedPair, PairsOfVerdicts, PayResult } from '../../contract/pay.ts';
import { usesVerdictsOf } from '../../contract/verdict-use.ts';
import { sharedIds } from '../comparison/stored-comparison.ts';
import { libraryLeaveOut } from '../evaluation/library-leave-out.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { readRun } from '../neighbours/embedding-cache.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { openRun } from '../neighbours/open-run.ts';
import { vectorsAt } from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import type { Run } from '../store/runs.ts';
import { presentSamples } from '../store/samples.ts';
import { readTrainingVerdicts } from '../training/read-training-verdicts.ts';
import { findAgainst } from './find-against.ts';
import { judgedSets } from './judged-set.ts';
import type { JudgedSet } from './judged-set.ts';
import { labelAccuracy } from './label-accuracy.ts';
import { measureSet } from './measure-set.ts';
import type { BothRows, RankedPair } from './measure-set.ts';
import { movedPairs } from './moved-pairs.ts';
import { pushOnPartners } from './push-on-partners.ts';

/** The part of the progress that ranking takes; the labels take the rest. */
const rankedShare = 0.6;
const sets = [
  ['same', 'fed'],
  ['same', 'heldOut'],
  ['different', 'fed'],
  ['different', 'heldOut'],
] as const;

/**
 * Measures whether a training with verdicts made pairs of verdicts nearer, those that it was fed and those
 * that it held out, against a run from before.
 */
export const runPayJob: JobRunner<'pay'> = async (context, input) => {
  const { library } = context;
  const { run, embeddings, report } = await openRun(context, input.run);
  const recorded = recordedOf(context, run);
  const { run: other, reason } = findAgainst(library, run, input.against);
  const earlier = await readRun(library, other.name, other.weightsHash);
  const ids = sharedIds(earlier, embeddings);
  if (ids.length < 2) {
    throw new EngineError(
      'bad-argument',
      `"${other.name}" and "${run.name}" share ${ids.length} embedded pictures: embed the same pictures with both.`,
    );
  }
  const rows = rowsOfBoth(earlier, embeddings, ids);
  const judged = judgedSets(recorded.verdicts, recorded.sampleIds, (id) => rows.rowOfId.has(id));
  const found = {
    same: { fed: null, heldOut: null } as PayResult['same'],
    different: { fed: null, heldOut: null } as PayResult['different'],
  };
  const ranks: (RankedPair & { readonly isHeldOut: boolean })[] = [];
  for (const [index, [kind, part]] of sets.entries()) {
    const set = judged[kind][part];
    const one = await measureSet(rows, set, input.seed, (done) => {
      report((rankedShare * (index + done)) / sets.length, 'Ranking the judged pairs');
      return context.yieldToEvents();
    });
    found[kind][part] = one && { ...one.measured, push: pushOf(context, other, run, set) };
    if (kind === 'same') {
      const isHeldOut = part === 'heldOut';
      for (const rank of one?.ranks ?? []) ranks.push({ ...rank, isHeldOut });
    }
  }
  const knn = await labelAccuracy(
    context,
    [earlier, embeddings],
    ids,
    input.seed,
    (done, message) => report(rankedShare + (1 - rankedShare) * done, message),
  );
  const { keptEpoch } = run.metrics;
  const measured = {
    ...found,
    ...{ knn, verdict: payConclusion(found.same) },
    kept: keptEpoch === undefined ? null : { epoch: keptEpoch, of: run.epochs },
    against: { run: other.id, name: other.name, reason },
  };
  report(1, 'Measured');
  return {
    run: { run: run.id, name: run.name },
    ...measured,
    pictures: ids.length,
    leftOut: leaveOutText(libraryLeaveOut(library)),
    sentences: payWords(measured),
    ...movedPairs(ranks, picturesById(context)),
  };
};

function recordedOf({ library }: JobContext, run: Run) {
  const recorded = usesVerdictsOf(run.settings) ? readTrainingVerdicts(library, run) : null;
  if (recorded !== null) return recorded;
  throw new EngineError(
    'bad-argument',
    usesVerdictsOf(run.settings)
      ? `What verdicts trained "${run.name}" is not stored any more; train it again.`
      : `No verdicts trained "${run.name}", so there is nothing that could have paid: train with verdicts masked or attracted first.`,
  );
}

/** The rows of the pictures `ids` in both runs. */
function rowsOfBoth(before: RunEmbeddings, after: RunEmbeddings, ids: Uint32Array): BothRows {
  const rowsOf = (embeddings: RunEmbeddings): UnitRows => ({
    vectors: vectorsAt(
      embeddings,
      ids.map((id) => embeddings.rowOfId.get(id) ?? 0),
    ),
    count: ids.length,
    dimensions: embeddings.dimensions,
  });
  return {
    before: rowsOf(before),
    after: rowsOf(after),
    rowOfId: new Map(Array.from(ids, (id, row) => [id, row])),
  };
}

function pushOf(
  { library }: JobContext,
  before: Run,
  after: Run,
  { pictures }: JudgedSet,
): PairsOfVerdicts['push'] {
  const of = ({ id }: Run): number | null => pushOnPartners(library, id, pictures);
  return { before: of(before), after: of(after) };
}

function picturesById({ library }: JobContext): (id: number) => MovedPair['pair'][0] {
  const { ids, hashes, paths } = presentSamples(library);
  const rowOf = new Map(Array.from(ids, (id, row) => [id, row]));
  return (id) => {
    const row = rowOf.get(id) ?? -1;
    return { hash: hashes[row] ?? '', path: paths[row] ?? null };
  };
}
