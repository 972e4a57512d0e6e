import { setImmediate } from 'node:timers/promises';
import type { RunReference } from '../../contract/runs.ts';
import { embeddedRun, notEmbedded } from './embedded-run.ts';
import type { Neighbours } from './exact-neighbours.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { embeddedSampleIds, readEmbeddings } from '../store/embeddings.ts';
import type { Library } from '../store/library-file.ts';
import { readNeighbours } from '../store/neighbours.ts';
import { findRun } from '../store/runs.ts';

/** Both sides of a comparison, and the run that is explored. */
const cachedRuns = 3;
/** Reading this many rows takes a few milliseconds; calls are answered in between. */
const rowsPerRead = 4000;

/** The features h of a run's present pictures: row r of the unit rows belongs to picture ids[r]. */
export interface RunEmbeddings extends UnitRows {
  readonly weightsHash: string;
  readonly ids: Uint32Array;
  readonly rowOfId: ReadonlyMap<number, number>;
  /** Every row's exact neighbours, where a job has found them. */
  readonly neighbours: Neighbours | null;
}

/** Keeps the embeddings of the runs looked at last in memory. */
export class EmbeddingCache {
  readonly #library: Library;
  readonly #runs = new Map<string, Promise<RunEmbeddings>>();

  constructor(library: Library) {
    this.#library = library;
  }

  /**
   * The run's embeddings, read when they are not in memory.
   * @throws EngineError not-found when there is no such run, or it has no embeddings yet
   */
  async ofRun(reference: RunReference): Promise<RunEmbeddings> {
    const { name, weightsHash } = embeddedRun(findRun(this.#library, reference));
    return await this.ofWeights(name, weightsHash);
  }

  /**
   * The embeddings of some weights, read when they are not in memory; `name` is their run's.
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

  clear(): void {
    this.#runs.clear();
  }
}

/**
 * Reads the features h that a run's weights gave to the present pictures.
 * @throws EngineError not-found when there are none
 */
export async function readRun(
  library: Library,
  name: string,
  weightsHash: string,
): Promise<RunEmbeddings> {
  const ids = embeddedSampleIds(library, weightsHash, 'h');
  if (ids.length === 0) throw notEmbedded(name);
  let vectors = new Float32Array(0);
  let dimensions = 0;
  for (let first = 0; first < ids.length; first += rowsPerRead) {
    const part = readEmbeddings(
      library,
      weightsHash,
      'h',
      ids.subarray(first, first + rowsPerRead),
    );
    if (first === 0) {
      dimensions = part.dimensions;
      vectors = new Float32Array(ids.length * dimensions);
    }
    vectors.set(part.vectors, first * dimensions);
    await setImmediate();
  }
  const rowOfId = new Map(Array.from(ids, (id, row) => [id, row]));
  const neighbours = readKeptNeighbours(library, weightsHash, ids);
  return { weightsHash, ids, rowOfId, neighbours, vectors, count: ids.length, dimensions };
}

function readKeptNeighbours(
  library: Library,
  weightsHash: string,
  ids: Uint32Array,
): Neighbours | null {
  const kept = readNeighbours(library, weightsHash, 'h', ids);
  if (kept === null) return null;
  // Ids are small numbers: an array finds a million rows in milliseconds, where a Map would not.
  const rowOfId = new Int32Array((ids.at(-1) ?? 0) + 1);
  for (const [row, id] of ids.entries()) rowOfId[id] = row;
  const rows = new Int32Array(kept.ids.length);
  for (const [place, id] of kept.ids.entries()) rows[place] = rowOfId[id] ?? 0;
  return { rows, similarities: kept.similarities, k: kept.k };
}
