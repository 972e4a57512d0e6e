import { labelRelation, type LabelRelation } from '../../../src-main/contract/label-relation.ts';
import { noLabel } from '../../../src-main/contract/label-sets.ts';
import type { SampleColumns } from '../../../src-main/contract/library.ts';

/** Every present picture of the library, found by id; rows are in the order of `ids`. */
export class Pictures {
  readonly columns: SampleColumns;
  /** Ids are small numbers: an array finds rows several times faster than a Map. */
  readonly #rowById: Int32Array;
  readonly #searchable: readonly string[];
  #rowByHash: ReadonlyMap<string, number> | null = null;

  readonly #blank: ReadonlySet<number>;

  /** `blank` are the ids of pictures that show nothing: one colour, transparent, one pixel. */
  constructor(columns: SampleColumns, blank: Iterable<number> = []) {
    this.columns = columns;
    this.#blank = new Set(blank);
    this.#rowById = new Int32Array((columns.ids.at(-1) ?? -1) + 1).fill(-1);
    columns.ids.forEach((id, row) => (this.#rowById[id] = row));
    this.#searchable = columns.paths.map((path, row) =>
      `${path} ${this.labelAt(row) ?? ''}`.toLowerCase(),
    );
  }

  get count(): number {
    return this.columns.ids.length;
  }

  /** The row of a picture, or -1 when the library no longer shows it. */
  rowOf(id: number): number {
    return this.#rowById[id] ?? -1;
  }

  idAt(row: number): number {
    return this.columns.ids[row] ?? -1;
  }

  hashAt(row: number): string {
    return this.columns.hashes[row] ?? '';
  }

  pathAt(row: number): string {
    return this.columns.paths[row] ?? '';
  }

  labelAt(row: number): string | null {
    return this.columns.labels[this.columns.labelIndex[row] ?? -1] ?? null;
  }

  /** The labels of a picture: none, one, or several. */
  labelsAt(row: number): string[] {
    const { labelIndex, labelMembers, labels } = this.columns;
    const members = labelMembers[labelIndex[row] ?? noLabel] ?? [];
    return members.map((member) => labels[member] ?? '');
  }

  /** The split of a picture, as `train`; null where it has none. */
  splitAt(row: number): string | null {
    return this.columns.splits[this.columns.splitIndex[row] ?? -1] ?? null;
  }

  /** How the labels of two pictures relate. */
  labelRelation(id: number, other: number): LabelRelation {
    const { labelIndex, labelMembers } = this.columns;
    const numberOf = (one: number): number => labelIndex[this.rowOf(one)] ?? noLabel;
    return labelRelation(numberOf(id), numberOf(other), labelMembers);
  }

  hashOf(id: number): string {
    return this.hashAt(this.rowOf(id));
  }

  /** The row of a content hash, or -1 when the library does not show it. */
  rowOfHash(hash: string): number {
    this.#rowByHash ??= new Map(this.columns.hashes.map((known, row) => [known, row]));
    return this.#rowByHash.get(hash) ?? -1;
  }

  pathOfHash(hash: string): string | null {
    return this.columns.paths[this.rowOfHash(hash)] ?? null;
  }

  pathOf(id: number): string {
    return this.pathAt(this.rowOf(id));
  }

  labelOf(id: number): string | null {
    return this.labelAt(this.rowOf(id));
  }

  /** Whether a picture is known to show nothing. */
  isBlank(id: number): boolean {
    return this.#blank.has(id);
  }

  /** The file's name without its folders and ending. */
  nameOf(id: number): string {
    return shortName(this.pathOf(id));
  }

  /** How many of some pictures have each label. */
  countLabels(ids: Iterable<number>): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const id of ids) {
      for (const label of this.labelsAt(this.rowOf(id))) {
        counts.set(label, (counts.get(label) ?? 0) + 1);
      }
    }
    return counts;
  }

  /** How many of some pictures are in each split. */
  countSplits(ids: Iterable<number>): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const id of ids) {
      const split = this.splitAt(this.rowOf(id));
      if (split !== null) counts.set(split, (counts.get(split) ?? 0) + 1);
    }
    return counts;
  }

  /** Rows whose path or label holds every word of the query; all rows for an empty query. */
  search(query: string, limit = Number.POSITIVE_INFINITY): number[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const found: number[] = [];
    for (let row = 0; row < this.count && found.length < limit; row++) {
      const text = this.#searchable[row] ?? '';
      if (words.every((word) => text.includes(word))) found.push(row);
    }
    return found;
  }
}

/** The last part of a path, without its ending. */
export function shortName(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const dot = file.lastIndexOf('.');
  return dot > 0 ? file.slice(0, dot) : file;
}

/** How a picture is called, by content hash; the beginning of its hash where it is not here. */
export function nameOfHash(pictures: Pictures, hash: string): string {
  const path = pictures.pathOfHash(hash);
  return path === null ? hash.slice(0, 8) : shortName(path);
}
