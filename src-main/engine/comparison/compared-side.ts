import { singleLabels } from '../evaluation/label-columns.ts';
import { groupsOfRows, leftOutGroups } from '../evaluation/leave-out-groups.ts';
import { libraryLeaveOut } from '../evaluation/library-leave-out.ts';
import { scoreSample, spreadPictures } from '../evaluation/score-sample.ts';
import { storedProbe } from '../evaluation/stored-probe.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { exactNeighbours } from '../neighbours/exact-neighbours.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { storedNeighbours } from '../neighbours/stored-neighbours.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { hashesOf, presentSamples } from '../store/samples.ts';
import type { KnownPairs } from '../verdicts/false-pairs.ts';
import type { ComparedSide, ScoredBy } from './side-scores.ts';

type Searching = Pick<JobContext, 'library' | 'signal'>;

/** How the pictures are scored: by their labels, and by what the library leaves out of voting. */
export async function scoredBy(
  { library, signal }: Searching,
  ids: Uint32Array,
  { labels, labelMembers }: Pick<KnownPairs, 'labels' | 'labelMembers'>,
): Promise<ScoredBy> {
  const leftOut = await leftOutGroups(library, libraryLeaveOut(library), signal);
  return {
    labels: singleLabels(labels, labelMembers),
    groups: groupsOfRows(leftOut, ids),
    sample: scoreSample(hashesOf(presentSamples(library), ids), spreadPictures),
  };
}

/** How many neighbours of each row are found, and what is told of it. */
interface SideRequest {
  readonly ids: Uint32Array;
  /** Fewer are found where there are fewer pictures. */
  readonly k: number;
  /** The neighbours outside a row's group, where there are groups. */
  readonly voters: number;
  readonly groups: Int32Array | null;
  /** Called with the fraction of the neighbours that is found. */
  readonly onProgress: (fraction: number) => void;
  /** Awaited with the fraction of the probe that is fitted; may throw to cancel. */
  readonly probed: (fraction: number) => Promise<void>;
}

/** A run's rows of the shared pictures, with what scores them. */
export async function comparedSide(
  context: Searching,
  embeddings: RunEmbeddings,
  { ids, k, voters, groups, onProgress, probed }: SideRequest,
): Promise<ComparedSide> {
  const { library, signal } = context;
  const rows = await comparedRows(context, embeddings, ids, k, onProgress);
  const { vectors, count, dimensions, neighbours } = rows;
  const unit = { vectors, count, dimensions };
  const probedRun = { ...unit, ids, weightsHash: embeddings.weightsHash };
  return {
    ...rows,
    voting:
      groups === null
        ? neighbours
        : await exactNeighbours({ ...unit, k: Math.min(voters, count - 1), groups, signal }),
    fitProbe: (scored) => storedProbe(library, probedRun, scored, groups, probed),
  };
}

/**
 * A run's rows of the shared pictures, and `k` neighbours of each (fewer where there are fewer
 * pictures); stored ones if the run has no other pictures.
 */
export async function comparedRows(
  { library, signal }: Searching,
  embeddings: RunEmbeddings,
  ids: Uint32Array,
  k: number,
  onProgress: (fraction: number) => void,
): Promise<UnitRows & { readonly neighbours: Neighbours }> {
  const { dimensions, rowOfId, vectors: all } = embeddings;
  const wanted = Math.min(k, ids.length - 1);
  if (ids.length === embeddings.count) {
    const neighbours = await storedNeighbours(library, embeddings, wanted, { signal, onProgress });
    if (neighbours !== null) return { vectors: all, count: ids.length, dimensions, neighbours };
  }
  const vectors = new Float32Array(ids.length * dimensions);
  for (const [row, id] of ids.entries()) {
    const start = (rowOfId.get(id) ?? 0) * dimensions;
    vectors.set(all.subarray(start, start + dimensions), row * dimensions);
  }
  const rows = { vectors, count: ids.length, dimensions };
  return {
    ...rows,
    neighbours: await exactNeighbours({ ...rows, k: wanted, signal, onProgress }),
  };
}
