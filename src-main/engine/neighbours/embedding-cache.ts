import type { RunReference } from '../../contract/runs.ts';
import { embeddedRun, notEmbedded } from './embedded-run.ts';
import type { Neighbours } from './exact-neighbours.ts';
import { readRows } from './read-rows.ts';
import { RowsOfIds } from '../store/row-lookup.ts';
import type { RowLookup } from '../store/row-lookup.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { isProjectedAsFeatures } from '../store/embeddings.ts';
import type { Library } from '../store/library-file.ts';
import { readNeighbours } from '../store/neighbours.ts';
import { findRun } from '../store/runs.ts';
import { presentSampleIds } from '../store/samples.ts';

/** Runs in the cache: both sides of a comparison, and the run that is explored. */
const cachedRuns = 3;

/** The features h of a run's present pictures: row r of the unit rows belongs to the picture ids[r]. */
export interface RunEmbeddings extends UnitRows {
  readonly weightsHash: string;
  readonly ids: Uint32Array;
  readonly rowOfId: RowLookup;
  /** The exact neighbours of every row, where a job has found them. */
  readonly neighbours: Neighbours | null;
}

/** Holds in memory the embeddings of the runs that were used last. */
export class EmbeddingCache {
  readonly #library: Library;
  readonly #runs = new Map<string, Promise<RunEmbeddings>>();
  /** z of those runs, read when it is asked for; it leaves the memory with their h. */
  readonly #projected = new WeakMap<RunEmbeddings, Promise<UnitRows | null>>();

  constructor(library: Library) {
    this.#library = library;
  }

  /**
   * The run's embeddings, which are read where they are not in memory.
   * @throws EngineError not-found when there is no such run, or it has no embeddings yet
   */
  async ofRun(reference: RunReference): Promise<RunEmbeddings> {
    const { name, weightsHash } = embeddedRun(findRun(this.#library, reference));
    return await this.ofWeights(name, weightsHash);
  }

  /**
   * The embeddings of some weights, which are read where they are not in memory; `name` is that of
   * their run.
   * @throws EngineError not-found when there are none
   */
  async ofWeights(name: string, weightsHash: string): Promise<RunEmbeddings> {
    const known = this.#runs.get(weightsHash);
    const reading = known ?? readRun(this.#library, name, weightsHash);
    this.#runs.delete(weightsHash);
    this.#runs.set(weightsHash, reading);
    for (const oldest of [...this.#runs.keys()].slice(0, -cachedRuns)) this.#runs.delete(oldest);
    try {
      return await reading;
    } catch (error) {
      if (this.#runs.get(weightsHash) === reading) this.#runs.delete(weightsHash);
      throw error;
    }
  }

  /**
   * Begins to read what an anchor of the run will need, where there is room for another run; other calls are
   * answered in between. Whether it can be read is said to who asks for it.
   */
  prepare(reference: RunReference): void {
    if (this.#runs.size >= cachedRuns) return;
    this.ofRun(reference)
      .then((embeddings) => this.projected(embeddings))
      .catch(() => undefined);
  }

  /** The z of a run's pictures, in the order of its h; null where not all of them have one. */
  projected(embeddings: RunEmbeddings): Promise<UnitRows | null> {
    const reading = this.#projected.get(embeddings) ?? readProjected(this.#library, embeddings);
    this.#projected.set(embeddings, reading);
    return reading;
  }

  clear(): void {
    this.#runs.clear();
  }
}

/**
 * Reads the features h of the present pictures by a run's weights.
 * @throws EngineError not-found when there are none
 */
export async function readRun(
  library: Library,
  name: string,
  weightsHash: string,
): Promise<RunEmbeddings> {
  const stored = { weightsHash, space: 'h' } as const;
  const { ids, ...rows } = await readRows(library, stored, presentSampleIds(library));
  if (ids.length === 0) throw notEmbedded(name);
  const rowOfId = new RowsOfIds(ids);
  const neighbours = readRowNeighbours(library, weightsHash, ids, rowOfId);
  return { weightsHash, ids, rowOfId, neighbours, ...rows };
}

/**
 * Reads the z of a run's pictures, in the order of its h; h itself where z is the same, and null where
 * not all of them have a z.
 */
export async function readProjected(
  library: Library,
  embeddings: RunEmbeddings,
): Promise<UnitRows | null> {
  const { weightsHash, ids, count } = embeddings;
  const stored = { weightsHash, space: 'z' } as const;
  const projected = await readRows(library, stored, ids);
  if (projected.count < count) return null;
  return isProjectedAsFeatures(library, weightsHash) ? embeddings : projected;
}

function readRowNeighbours(
  library: Library,
  weightsHash: string,
  ids: Uint32Array,
  rowOfId: RowLookup,
): Neighbours | null {
  const stored = readNeighbours(library, weightsHash, 'h', ids);
  if (stored === null) return null;
  const rows = new Int32Array(stored.ids.length);
  for (let index = 0; index < rows.length; index++) {
    rows[index] = rowOfId.get(stored.ids[index] as number) ?? 0;
  }
  return { rows, similarities: stored.similarities, k: stored.k };
}
