import type { QueueOrder, VerdictQueue } from '../../contract/verdict-queue.ts';
import { seedRandom } from '../numeric/random.ts';
import { lastLedgerEpoch } from '../store/ledger.ts';
import type { Run } from '../store/runs.ts';
import { labelsOf } from '../store/samples.ts';
import type { KnownPictures } from './known-pictures.ts';
import { knownNeighbours } from './known-neighbours.ts';
import { labelErrors, labelErrorNeighbours, labelErrorSentence } from './label-errors.ts';
import { shortlistFromLedger } from './ledger-shortlist.ts';
import { pushSource } from './push-draws.ts';
import { openDrafts, openPushPairs, openRandomPairs, sampledAnchors } from './queue-drafts.ts';
import type { Draft } from './queue-drafts.ts';
import type { ReviewedLibrary } from './reviewed-library.ts';
import { runAgreement } from './run-agreement.ts';
import type { RunAgreement } from './run-agreement.ts';

/** So many pairs are looked at for an order, whatever its limit: the first ones are always the same. */
const shortlistPairs = 400;
/** Or so many anchors, where no training recorded pairs. */
const shortlistAnchors = 200;

interface Search {
  readonly order: QueueOrder;
  readonly seed: number;
  readonly run: Run;
}

/** The pairs that an order finds, before they are explained and put in order. */
interface FoundPairs extends Pick<VerdictQueue, 'source' | 'remark'> {
  readonly drafts: readonly Draft[];
  /** The votes of the runs, where the order goes by them. */
  readonly agreement: RunAgreement | null;
}

/** Finds open pairs for an order; `limit` of them where the order is that of the search. */
export async function searchPairs(
  session: ReviewedLibrary,
  known: KnownPictures,
  search: Search,
  limit: number,
): Promise<FoundPairs> {
  const none = { source: 'explanation' as const, agreement: null, remark: '' };
  const { order, seed, run } = search;
  switch (order) {
    case 'random':
      return { ...none, drafts: openRandomPairs(known, seed, limit) };
    case 'push': {
      const source = pushSource(session.library, known, run, seed);
      const drafts = await openPushPairs(known, source, limit);
      return { ...none, drafts, source: source.epoch === null ? 'explanation' : 'ledger' };
    }
    case 'label-errors':
      return { ...none, ...(await labelErrorDrafts(known)) };
    case 'disagreement':
      return { ...none, ...(await disputedDrafts(session, known, run)) };
    case 'agreement': {
      const agreement = await runAgreement(session, run);
      const drafts = openDrafts(known, asPairs(agreement.suggested()), shortlistPairs);
      if (drafts.length > 0) return { ...none, agreement, drafts };
      return { ...none, ...draftsByMatter(session, known, search), agreement };
    }
    case 'links':
    case 'matter':
      return { ...none, ...draftsByMatter(session, known, search) };
  }
}

function draftsByMatter(
  { library }: ReviewedLibrary,
  known: KnownPictures,
  { run, seed }: Search,
): Pick<FoundPairs, 'drafts' | 'source'> {
  const epoch = lastLedgerEpoch(library, run.id);
  if (epoch === null) {
    const drafts = sampledAnchors(known, seedRandom(seed), shortlistAnchors);
    return { drafts, source: 'explanation' };
  }
  const drafts = shortlistFromLedger(library, { run: run.id, epoch }, known, shortlistPairs);
  return { drafts, source: 'ledger' };
}

async function disputedDrafts(
  session: ReviewedLibrary,
  known: KnownPictures,
  run: Run,
): Promise<Pick<FoundPairs, 'drafts' | 'agreement' | 'remark'>> {
  const agreement = await runAgreement(session, run);
  const drafts = openDrafts(known, asPairs(agreement.disputed()), shortlistPairs);
  const remark =
    agreement.runs > 1
      ? ''
      : 'Runs cannot disagree where only one has embedded the pictures: embed them with another encoder, or train one.';
  return { drafts, agreement, remark };
}

async function labelErrorDrafts(
  known: KnownPictures,
): Promise<Pick<FoundPairs, 'drafts' | 'remark'>> {
  const { embeddings, samples } = known;
  const { ids } = embeddings;
  const labels = labelsOf(samples, ids);
  if (labels.every((label) => label < 0)) {
    return { drafts: [], remark: 'No picture of this run has a label that could be wrong.' };
  }
  const neighbours = await knownNeighbours(embeddings, labelErrorNeighbours);
  if (neighbours === null) {
    const remark =
      'The neighbours of this run are not known yet: lay out its map, or press “Look for near-duplicates” in Library.';
    return { drafts: [], remark };
  }
  const errors = labelErrors({ neighbours, labels }, samples.labelMembers);
  const pairs = errors.map((error) => ({
    anchor: ids[error.row] ?? -1,
    id: ids[error.other] ?? -1,
    because: labelErrorSentence(error, {
      own: samples.labels[labels[error.row] ?? -1] ?? '',
      names: samples.labels,
    }),
  }));
  const drafts = openDrafts(known, pairs, shortlistPairs);
  return { drafts, remark: '' };
}

function asPairs(pairs: readonly (readonly [number, number])[]) {
  return pairs.map(([anchor, id]) => ({ anchor, id }));
}
