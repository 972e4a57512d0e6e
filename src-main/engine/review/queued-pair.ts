import { evidenceBits } from '../../contract/negatives.ts';
import type { QueuedPair } from '../../contract/verdict-queue.ts';
import type { JudgedPicture } from '../../contract/verdicts.ts';
import type { AnchorColumns } from '../explain/explain-run-anchor.ts';
import type { DraftPair } from './queue-drafts.ts';

/** An anchor gives up to this many pairs, a few, so that no anchor fills the queue. */
const pairsPerAnchor = 8;

type Columns = Omit<AnchorColumns, 'batch'>;
type Numbers = Pick<QueuedPair, 'share' | 'posterior' | 'evidence' | 'rank' | 'agreement'>;

/** Those of an anchor's candidates that matter most. */
export function mostSuspect({ ids, share, posterior, evidence }: Columns): DraftPair[] {
  const scores = Array.from(ids, (id, place) => ({
    id,
    share: share[place] ?? 0,
    score: matter({
      share: share[place] ?? 0,
      posterior: posterior[place] ?? 0,
      evidence: evidence[place] ?? 0,
    }),
  }));
  return scores.sort((a, b) => b.score - a.score).slice(0, pairsPerAnchor);
}

/** Share of the gradient x suspicion, the mean of its three signs: posterior, label, mutual kNN. */
export function matter({
  share,
  posterior,
  evidence,
}: Pick<Numbers, 'share' | 'posterior' | 'evidence'>): number {
  const sameLabel = evidence & evidenceBits.sameLabel ? 1 : 0;
  const mutual = evidence & evidenceBits.mutualKnn ? 1 : 0;
  return (Math.abs(share) * (posterior + sameLabel + mutual)) / 3;
}

/** A candidate of an explained anchor as the queue tells it; a recorded share outdoes the explained. */
export function queuedPair(
  pictureOf: (id: number) => JudgedPicture,
  anchor: number,
  { id, share: recorded }: DraftPair,
  explained: Columns,
): QueuedPair {
  const place = explained.ids.indexOf(id);
  const numbers = {
    share: recorded ?? explained.share[place] ?? 0,
    posterior: explained.posterior[place] ?? 0,
    evidence: explained.evidence[place] ?? 0,
    rank: place + 1,
    agreement: null,
  };
  return {
    anchor: pictureOf(anchor),
    candidate: pictureOf(id),
    similarity: explained.similarity[place] ?? 0,
    ...numbers,
    reason: reasonFor(numbers),
  };
}

/** The pair with what the runs say of it. */
export function withAgreement(pair: QueuedPair, agreement: QueuedPair['agreement']): QueuedPair {
  return { ...pair, agreement, reason: reasonFor({ ...pair, agreement }) };
}

function reasonFor({ share, posterior, evidence, rank, agreement }: Numbers): string {
  const signs = [
    ...(agreement ? [`${agreement.suggested} of ${agreement.runs} runs suggest it`] : []),
    ...(evidence & evidenceBits.sameLabel ? ['same label'] : []),
    ...(evidence & evidenceBits.mutualKnn ? ['each among the other’s nearest'] : []),
    `${(100 * posterior).toFixed(0)} % likely false by its rank, ${rank}`,
  ];
  // Shares are signed and add up to 1, so one is above it only where others are below 0.
  const against = share > 1 ? ', against others that are attracted' : '';
  return `Takes ${(100 * share).toFixed(1)} % of the gradient${against}; ${signs.join(', ')}.`;
}
