import type { SampleColumns } from '../../contract/library.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import type { ComparedRows } from '../numeric/two-sided-rows.ts';
import { candidatesOf } from './anchor-candidates.ts';
import type { CandidateColumns, DrawnBatch } from './anchor-candidates.ts';

/** Enough for the run that is explored and for both sides of a comparison. */
const cachedEntries = 3;

/** Whose candidates they are; vectors and labels of a library that is no longer looked at can go. */
interface Entry {
  readonly embeddings: WeakRef<RunEmbeddings>;
  readonly compared: WeakRef<ComparedRows>;
  readonly samples: WeakRef<SampleColumns>;
  readonly row: number;
  readonly batch: DrawnBatch | null;
  readonly found: CandidateColumns;
}

/**
 * Keeps the similarities and the ranks of the anchors that were asked for last, which do not change with
 * the objective's settings. They go with the embeddings and the labels that they are of; verdicts are no
 * part of them.
 */
export class CandidateCache {
  #entries: readonly Entry[] = [];

  /** The candidates of `candidatesOf`, from the cache if they are there. */
  of(
    embeddings: RunEmbeddings,
    row: number,
    samples: SampleColumns,
    batch: DrawnBatch | null,
    compared: ComparedRows,
  ): CandidateColumns {
    const isAsked = (entry: Entry): boolean =>
      entry.row === row &&
      isSameBatch(entry.batch, batch) &&
      entry.embeddings.deref() === embeddings &&
      entry.compared.deref() === compared &&
      entry.samples.deref() === samples;
    const found =
      this.#entries.find(isAsked)?.found ?? candidatesOf(embeddings, row, samples, batch, compared);
    const entry = {
      embeddings: new WeakRef(embeddings),
      compared: new WeakRef(compared),
      samples: new WeakRef(samples),
      ...{ row, batch, found },
    };
    const others = this.#entries.filter((one) => one.found !== found);
    this.#entries = [entry, ...others].slice(0, cachedEntries);
    return found;
  }
}

function isSameBatch(one: DrawnBatch | null, other: DrawnBatch | null): boolean {
  return one?.size === other?.size && one?.seed === other?.seed;
}
