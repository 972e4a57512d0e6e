import { createHash } from 'node:crypto';
import { isNothing, leaveOutText, nameExpression } from '../../contract/leave-out.ts';
import type { LeaveOut } from '../../contract/leave-out.ts';
import { usualNearThreshold } from '../../contract/near-duplicates.ts';
import { readyEncoders } from '../../contract/runs.ts';
import { groupVerdicts } from '../../contract/verdict-groups.ts';
import { readRun } from '../neighbours/embedding-cache.ts';
import { exactNeighbours } from '../neighbours/exact-neighbours.ts';
import { nearDuplicateRows } from '../neighbours/near-duplicates.ts';
import { hasEmbeddings } from '../store/embeddings.ts';
import type { Library } from '../store/library-file.ts';
import { listRuns } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import { presentSamples } from '../store/samples.ts';
import { listVerdicts } from '../store/verdicts.ts';

/** Which pictures do not vote for each other, and how that came about. */
export interface LeftOutGroups {
  /** As `leaveOutText`; empty where nothing is left out. */
  readonly text: string;
  /** The group of each picture by its id; a picture that is in none has its own. */
  readonly groupOf: (sampleId: number) => number;
  /** What cannot be left out now, in a sentence; empty otherwise. */
  readonly remarks: readonly string[];
}

const fewestNeighbours = 20;

/**
 * Groups the library's pictures by what is left out: two are in one group where they are near-duplicates,
 * one verdict group, or of the same part of the name, also through others. Near-duplicates are those of
 * one run for all runs, so that no run is asked less than another: of the starter encoder or another
 * that needs no training, else of the first run. Null where nothing is left out.
 */
export async function leftOutGroups(
  library: Library,
  chosen: LeaveOut,
  signal?: AbortSignal,
): Promise<LeftOutGroups | null> {
  if (isNothing(chosen)) return null;
  const { ids, hashes, paths } = presentSamples(library);
  const joined = new JoinedIds();
  const remarks: string[] = [];
  if (chosen.verdicts) {
    const idOf = new Map(hashes.map((hash, index) => [hash, ids[index] ?? 0]));
    for (const group of groupVerdicts(listVerdicts(library)).groups) {
      joined.join(group.flatMap((hash) => idOf.get(hash) ?? []));
    }
  }
  if (chosen.name !== null) {
    const named = nameGroups(paths, chosen.name);
    if (named.length === 0) {
      remarks.push(`No two pictures' paths have the same part by the pattern ${chosen.name}.`);
    }
    for (const group of named) joined.join(group.map((index) => ids[index] ?? 0));
  }
  if (chosen.nearDuplicates) {
    const reference = referenceRun(library);
    if (reference === null) {
      remarks.push('Near-duplicates are not known before a first run is embedded.');
    } else {
      for (const group of await nearDuplicatesIn(library, reference, signal)) joined.join(group);
    }
  }
  return { text: leaveOutText(chosen), groupOf: (id) => joined.rootOf(id), remarks };
}

/** The indices of paths in which the first group of the pattern catches the same text. */
function nameGroups(paths: readonly string[], pattern: string): number[][] {
  const expression = nameExpression(pattern);
  const parts = paths.map((path) => expression.exec(path)?.[1]);
  const keyed = [...parts.keys()].filter((index) => parts[index] !== undefined);
  return [...Map.groupBy(keyed, (index) => parts[index]).values()].filter(
    ({ length }) => length > 1,
  );
}

/** How many groups of several pictures a name pattern makes, and of how many pictures. */
export function countNameGroups(
  library: Library,
  pattern: string,
): { readonly groups: number; readonly pictures: number } {
  const groups = nameGroups(presentSamples(library).paths, pattern);
  return { groups: groups.length, pictures: groups.reduce((sum, { length }) => sum + length, 0) };
}

/** What the groups depend on, verdicts aside, as a short text that changes with it. */
export function leftOutKey(library: Library, chosen: LeaveOut): string {
  if (isNothing(chosen)) return '';
  const named = chosen.name === null ? [] : presentSamples(library).paths;
  const near = chosen.nearDuplicates ? referenceRun(library)?.weightsHash : null;
  const key = JSON.stringify([leaveOutText(chosen), near, named]);
  return createHash('sha256').update(key).digest('hex');
}

/** The group of each picture of `ids`, in their order; null where nothing is left out. */
export function groupsOfRows(groups: LeftOutGroups | null, ids: Uint32Array): Int32Array | null {
  return groups && Int32Array.from(ids, groups.groupOf);
}

/** The run whose near-duplicates count for all runs; null where none is embedded. */
function referenceRun(library: Library): Run | null {
  const ready = Object.keys(readyEncoders);
  const rank = ({ kind, encoder, id }: Run): number => {
    const known = kind === 'loaded' ? ready.indexOf(encoder) : -1;
    return known < 0 ? ready.length + id : known;
  };
  const embedded = listRuns(library).filter(
    ({ weightsHash, deletedAt }) =>
      deletedAt === null && weightsHash !== null && hasEmbeddings(library, weightsHash, 'h'),
  );
  return embedded.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}

async function nearDuplicatesIn(
  library: Library,
  { name, weightsHash }: Run,
  signal?: AbortSignal,
): Promise<number[][]> {
  const embeddings = await readRun(library, name, weightsHash ?? '');
  const k = Math.min(fewestNeighbours, embeddings.count - 1);
  if (k < 1) return [];
  const { vectors, count, dimensions } = embeddings;
  const found =
    embeddings.neighbours ??
    (await exactNeighbours({ vectors, count, dimensions, k, ...(signal && { signal }) }));
  const { groups } = nearDuplicateRows(found, usualNearThreshold);
  return groups.map(({ pictures }) => Array.from(pictures, (row) => embeddings.ids[row] ?? 0));
}

/** Sets of ids that are joined with others. */
class JoinedIds {
  readonly #parents = new Map<number, number>();

  /** The id that stands for all that it was joined with. */
  rootOf(id: number): number {
    let root = id;
    for (let up = this.#parents.get(root); up !== undefined; up = this.#parents.get(root)) {
      root = up;
    }
    if (root !== id) this.#parents.set(id, root);
    return root;
  }

  join([first, ...others]: readonly number[]): void {
    if (first === undefined) return;
    for (const other of others) {
      const [root, moved] = [this.rootOf(first), this.rootOf(other)];
      if (root !== moved) this.#parents.set(moved, root);
    }
  }
}
