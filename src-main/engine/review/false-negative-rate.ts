import { JudgedPairs } from '../../contract/judged-pairs.ts';
import type { FalseNegativeRate, FalseNegativeRateInput } from '../../contract/verdict-queue.ts';
import type { VerdictKind } from '../../contract/verdicts.ts';
import type { EmbeddedLibrary } from '../neighbours/embedded-library.ts';
import { listVerdicts } from '../store/verdicts.ts';
import { seedRandom } from '../numeric/random.ts';
import { randomPairs } from './queue-drafts.ts';
import { wilsonInterval } from './wilson-interval.ts';

/**
 * An estimate of the rate of false negatives among all pairs of a run's pictures. It counts the pairs
 * of the random order up to the first without a verdict. These pairs are a random sample, in whatever
 * order they were judged.
 * @throws EngineError not-found if there is no such run, or it has no embeddings yet
 */
export async function falseNegativeRateOf(
  session: EmbeddedLibrary,
  { run, seed }: FalseNegativeRateInput,
): Promise<FalseNegativeRate> {
  const embeddings = await session.embeddings.ofRun(run);
  const judgedPairs = new JudgedPairs(listVerdicts(session.library));
  const counts: Record<VerdictKind, number> = { same: 0, different: 0, unsure: 0 };
  const pairs = randomPairs({ samples: session.samples(), embeddings }, seedRandom(seed));
  for (const { hashes } of pairs) {
    const verdict = judgedPairs.settled(...hashes);
    if (verdict === null) break;
    counts[verdict] += 1;
  }
  const { same, different, unsure } = counts;
  const judged = same + different;
  return { judged, same, unsure, estimate: wilsonInterval(same, judged) };
}
