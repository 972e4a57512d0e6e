import type { RowLookup } from '../store/row-lookup.ts';
import { mutualNeighbourCount } from '../../contract/bins.ts';
import { seedGroupOf, seedGroups } from '../../contract/seed-groups.ts';
import type { QueuedPair } from '../../contract/verdict-queue.ts';
import { readRun } from '../neighbours/embedding-cache.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import type { EmbeddedLibrary } from '../neighbours/embedded-library.ts';
import { knownNeighbours } from './known-neighbours.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { embeddedSampleIds } from '../store/embeddings.ts';
import { offeredRuns } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';

/** At most so many runs, whose embeddings are read one after the other while a user waits. */
const runsAtMost = 8;

/** The sample ids of two pictures. */
export type IdPair = readonly [anchor: number, id: number];
type Agreement = NonNullable<QueuedPair['agreement']>;

/** A run's nearest pictures: of each row the first `near` are among them. */
interface NearPictures {
  readonly ids: Uint32Array;
  readonly rowOfId: RowLookup;
  readonly neighbours: Neighbours;
  readonly near: number;
}

/** Which pairs the runs of a library suggest: those among each other's nearest. */
export interface RunAgreement {
  /** How many of the runs that have embedded both pictures suggest the pair. */
  on(pair: IdPair): Agreement;
  /**
   * Every pair that a run suggests, once: first those that most runs suggest, among equals those that
   * are nearer to each other on the average, by rank.
   */
  suggested(): IdPair[];
  /**
   * Every pair that a run suggests and another does not, once: first those on which they are divided
   * most evenly, among equals those that are nearer to each other where they are suggested, by rank.
   */
  disputed(): IdPair[];
  /** How many runs are asked. */
  readonly runs: number;
}

/**
 * The agreement of runs with a run. Runs with the same weights count once, as do trainings that differ
 * by their seed alone; of more than eight runs the given one and the newest others count, and none that
 * is large and has no map.
 */
export async function runAgreement(session: EmbeddedLibrary, run: Run): Promise<RunAgreement> {
  const all: NearPictures[] = [];
  const own = await nearPictures(await session.embeddings.ofRun(run.id));
  if (own !== null) all.push(own);
  for (const { name, weightsHash } of otherRuns(session, run)) {
    const near = await nearPictures(await readRun(session.library, name, weightsHash));
    if (near !== null) all.push(near);
  }
  const on = (pair: IdPair): Agreement => {
    const votes = all.map((near) => suggests(near, pair)).filter((vote) => vote !== null);
    return { suggested: votes.filter(Boolean).length, runs: votes.length };
  };
  const suggested = (): IdPair[] => suggestedPairs(all);
  const disputed = (): IdPair[] =>
    suggested()
      .map((pair) => ({ pair, evenness: evenness(on(pair)) }))
      .filter((one) => one.evenness > 0)
      .sort((a, b) => b.evenness - a.evenness)
      .map(({ pair }) => pair);
  return { on, suggested, disputed, runs: all.length };
}

/** p (1 - p) of the part p of the runs that suggest a pair: 0.25 where they are divided evenly, 0 where agreed. */
export function evenness({ suggested, runs }: Agreement): number {
  const part = runs === 0 ? 0 : suggested / runs;
  return part * (1 - part);
}

/** Null for one picture alone, and for a large run whose neighbours are not stored. */
async function nearPictures(embeddings: RunEmbeddings): Promise<NearPictures | null> {
  const { ids, rowOfId, count } = embeddings;
  const near = Math.min(mutualNeighbourCount, count - 1);
  const neighbours = await knownNeighbours(embeddings, near);
  return neighbours === null ? null : { ids, rowOfId, neighbours, near };
}

/** Whether the two pictures are among each other's nearest; null if not both are embedded. */
function suggests(near: NearPictures, [anchor, id]: IdPair): boolean | null {
  const [first, second] = [near.rowOfId.get(anchor), near.rowOfId.get(id)];
  if (first === undefined || second === undefined) return null;
  return nearestOf(near, first).includes(second) && nearestOf(near, second).includes(first);
}

/** Sample ids are below this, so that two of them make one number. */
const mostIds = 2 ** 26;

function suggestedPairs(all: readonly NearPictures[]): IdPair[] {
  const found = new Map<number, { suggested: number; places: number }>();
  for (const near of all) {
    for (const [row, id] of near.ids.entries()) {
      for (const [place, other] of nearestOf(near, row).entries()) {
        const back = other < row ? -1 : nearestOf(near, other).indexOf(row);
        if (back < 0) continue;
        const key = id * mostIds + (near.ids[other] ?? 0);
        const { suggested, places } = found.get(key) ?? { suggested: 0, places: 0 };
        found.set(key, { suggested: suggested + 1, places: places + place + back });
      }
    }
  }
  return [...found]
    .sort(([, a], [, b]) => b.suggested - a.suggested || a.places - b.places)
    .map(([key]) => [Math.floor(key / mostIds), key % mostIds] as const);
}

function nearestOf({ neighbours: { rows, k }, near }: NearPictures, row: number): Int32Array {
  return rows.subarray(row * k, row * k + near);
}

/** Other embedded runs, the newest first: one for each weights, and one for each seed group. */
function otherRuns({ library }: EmbeddedLibrary, run: Run): (Run & { weightsHash: string })[] {
  const runs = offeredRuns(library);
  const groups = seedGroups(runs);
  const keyOf = (one: Run): unknown => seedGroupOf(groups, one) ?? one.weightsHash;
  const counted = new Set<unknown>([run.weightsHash, keyOf(run)]);
  const others: (Run & { weightsHash: string })[] = [];
  for (const candidate of runs.toReversed()) {
    const { weightsHash } = candidate;
    const key = keyOf(candidate);
    if (weightsHash === null || counted.has(weightsHash) || counted.has(key)) continue;
    if (embeddedSampleIds(library, weightsHash, 'h').length === 0) continue;
    counted.add(weightsHash).add(key);
    others.push({ ...candidate, weightsHash });
    if (others.length === runsAtMost - 1) break;
  }
  return others;
}
