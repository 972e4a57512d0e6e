import { formatCount } from '../../contract/format-count.ts';
import { evidenceBits } from '../../contract/negatives.ts';
import type { QueuedPair } from '../../contract/verdict-queue.ts';
import { formatPercent, smallPercent } from '../../contract/percent.ts';
import type { JudgedPicture } from '../../contract/verdicts.ts';
import type { AnchorColumns } from '../explain/explain-run-anchor.ts';
import type { DraftPair } from './queue-drafts.ts';

/** At most so many pairs of one anchor, so that no anchor fills the queue. */
const pairsPerAnchor = 8;

type Columns = Omit<AnchorColumns, 'batch'>;
type Numbers = Pick<QueuedPair, 'share' | 'posterior' | 'evidence' | 'rank' | 'agreement'>;

/** The candidates of an anchor that matter most (`matter`) of those to ask, the first in front. */
export function mostSuspect(
  { ids, share, posterior, evidence }: Columns,
  isAsked: (id: number) => boolean,
): DraftPair[] {
  const scores = Array.from(ids, (id, index) => ({
    id,
    share: share[index] ?? 0,
    score: matter({
      share: share[index] ?? 0,
      posterior: posterior[index] ?? 0,
      evidence: evidence[index] ?? 0,
    }),
  }));
  const found: DraftPair[] = [];
  for (const { id } of scores.sort((a, b) => b.score - a.score)) {
    if (isAsked(id)) found.push({ id });
    if (found.length === pairsPerAnchor) break;
  }
  return found;
}

/**
 * How much it matters to judge a pair, 0 to about 1: its |share| of the gradient times the mean of
 * three signs that it is false (posterior, same label, mutual neighbours).
 */
export function matter({
  share,
  posterior,
  evidence,
}: Pick<Numbers, 'share' | 'posterior' | 'evidence'>): number {
  const sameLabel = evidence & evidenceBits.sameLabel ? 1 : 0;
  const mutual = evidence & evidenceBits.mutualKnn ? 1 : 0;
  return (Math.abs(share) * (posterior + sameLabel + mutual)) / 3;
}

/**
 * A pair as the queue gives it, of an explained anchor; a recorded share replaces the explained
 * one.
 */
export function queuedPair(
  pictureOf: (id: number) => JudgedPicture,
  anchor: number,
  { id, recorded, because }: DraftPair,
  explained: Columns,
): QueuedPair {
  const index = explained.ids.indexOf(id);
  const numbers = {
    share: recorded?.share ?? explained.share[index] ?? 0,
    posterior: explained.posterior[index] ?? 0,
    evidence: explained.evidence[index] ?? 0,
    rank: index,
    agreement: null,
  };
  const taken =
    recorded === undefined
      ? explainedSentence(numbers.share, explained)
      : recordedSentence(recorded);
  const first = because === undefined ? '' : `${because} `;
  const when = recorded === undefined ? '' : 'now ';
  return {
    anchor: pictureOf(anchor),
    candidate: pictureOf(id),
    similarity: explained.similarity[index] ?? 0,
    ...numbers,
    alike: 0,
    reason: `${first}${taken}; ${[...signs(numbers), when + rankWords(numbers, explained)].join(', ')}.`,
  };
}

/** The pair with the agreement of the runs on it, which its reason begins with. */
export function withAgreement(
  pair: QueuedPair,
  agreement: NonNullable<QueuedPair['agreement']>,
): QueuedPair {
  const suggested = `${agreement.suggested} of ${agreement.runs} runs suggest it`;
  return { ...pair, agreement, reason: pair.reason.replace('; ', `; ${suggested}, `) };
}

/** The pair with what its verdict holds together, which its reason begins with. */
export function asLink(pair: QueuedPair, sides: readonly [number, number]): QueuedPair {
  const [small, large] = sides.map((count) => `${count} ${count === 1 ? 'picture' : 'pictures'}`);
  const held = `The only verdict between ${small ?? ''} and ${large ?? ''} of one group.`;
  return { ...pair, reason: `${held} ${pair.reason}` };
}

/** What the finished encoder's loss over all pictures does with the pair. */
function explainedSentence(share: number, { share: shares, candidates }: Columns): string {
  if (share < 0) return 'Is attracted, not pushed';
  const pushed = shares.reduce((sum, one) => sum + Math.max(one, 0), 0);
  const part = pushed === 0 ? 0 : share / pushed;
  const times = part * candidates;
  const compared =
    times < 1.5
      ? ''
      : `, ${times < 10 ? times.toFixed(1) : formatCount(Math.round(times))} × the mean`;
  return `Takes ${smallPercent(part)} of the push${compared}`;
}

/** Recorded shares are signed with a sum of 1, so one is above 1 only if others are below 0. */
function recordedSentence({ share, epoch }: NonNullable<DraftPair['recorded']>): string {
  if (share < 0) return `Was attracted in its batch of epoch ${epoch}`;
  const sum = share > 1 ? ' in sum, as others were attracted,' : '';
  return `Took ${smallPercent(share)} of the gradient${sum} in its batch of epoch ${epoch}`;
}

function signs({ evidence }: Pick<Numbers, 'evidence'>): string[] {
  return [
    ...(evidence & evidenceBits.sameLabel ? ['same label'] : []),
    ...(evidence & evidenceBits.mutualKnn ? ['each among the other’s nearest'] : []),
  ];
}

/** The rank, and what it alone says where no label does. */
function rankWords({ rank, posterior, evidence }: Numbers, explained: Columns): string {
  const { space, candidates, posteriorBasis } = explained;
  const place = `rank ${formatCount(rank + 1)} of ${formatCount(candidates)} on ${space}`;
  if (evidence & evidenceBits.sameLabel) return place;
  const doubt = posteriorBasis.kind === 'calibrated' ? '' : ' (uncalibrated)';
  return `${place}: by rank alone ${formatPercent(posterior, 0)} likely false${doubt}`;
}
