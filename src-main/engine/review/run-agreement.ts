import { setImmediate } from 'node:timers/promises';
import { mutualNeighbourCount } from '../../contract/bins.ts';
import type { QueuedPair } from '../../contract/verdict-queue.ts';
import { readRun } from '../neighbours/embedding-cache.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import type { EmbeddedLibrary } from '../neighbours/embedded-library.ts';
import { areMutualNeighbours } from '../neighbours/mutual-neighbours.ts';
import { embeddedSampleIds } from '../store/embeddings.ts';
import { offeredRuns } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';

/** At most so many runs, whose embeddings are read one after the other while a user waits. */
const runsAtMost = 8;

/** The sample ids of two pictures. */
type IdPair = readonly [anchor: number, id: number];
type Agreement = NonNullable<QueuedPair['agreement']>;

/**
 * The agreement of runs on each pair: how many of them have the two pictures among each other's
 * nearest. Runs with the same weights count once. Of more than eight runs the given one and the newest
 * others count.
 */
export async function agreementOnPairs(
  session: EmbeddedLibrary,
  run: Run,
  pairs: readonly IdPair[],
): Promise<Agreement[]> {
  const counts = pairs.map(() => ({ suggested: 0, runs: 0 }));
  for (const { name, weightsHash } of embeddedRuns(session, run)) {
    const embeddings =
      weightsHash === run.weightsHash
        ? await session.embeddings.ofRun(run.id)
        : await readRun(session.library, name, weightsHash);
    for (const [index, pair] of pairs.entries()) {
      const count = counts[index];
      const isSuggested = suggests(embeddings, pair);
      if (count === undefined || isSuggested === null) continue;
      count.runs += 1;
      if (isSuggested) count.suggested += 1;
      await setImmediate();
    }
  }
  return counts;
}

/** Whether a run has the two pictures among each other's nearest; null if it has not embedded both. */
function suggests(embeddings: RunEmbeddings, pair: IdPair): boolean | null {
  const [first, second] = pair.map((id) => embeddings.rowOfId.get(id));
  if (first === undefined || second === undefined) return null;
  return areMutualNeighbours(embeddings, [first, second], mutualNeighbourCount);
}

function embeddedRuns({ library }: EmbeddedLibrary, run: Run): (Run & { weightsHash: string })[] {
  const byWeights = new Map<string, Run & { weightsHash: string }>();
  for (const candidate of [run, ...offeredRuns(library).toReversed()]) {
    const { weightsHash } = candidate;
    if (weightsHash === null || byWeights.has(weightsHash)) continue;
    if (embeddedSampleIds(library, weightsHash, 'h').length === 0) continue;
    byWeights.set(weightsHash, { ...candidate, weightsHash });
    if (byWeights.size === runsAtMost) break;
  }
  return [...byWeights.values()];
}
