import type { UnmatchedRows } from '../../contract/label-rule.ts';
import { storedLabel } from '../../contract/label-sets.ts';
import type { Library } from '../store/library-file.ts';
import { PictureMatcher, unmatchedName } from '../store/picture-matcher.ts';
import type { LabelFile, LabelRow } from './label-file.ts';

/** What a file of labels says of one file of a picture; null where it says nothing. */
interface ListedLabel {
  readonly label: string | null;
  readonly split: string | null;
}

interface NamedLabels {
  readonly name: string;
  readonly labels: Set<string>;
  split: string | null;
}

const examplesAtMost = 5;

/** The labels of a file for the pictures of a library, by sample id and path. */
export class MatchedLabels {
  readonly unmatched: UnmatchedRows;
  readonly #bySample = new Map<number, NamedLabels[]>();

  constructor(library: Library, { rows }: LabelFile) {
    const matcher = new PictureMatcher(library);
    const lost: string[] = [];
    for (const row of rows) {
      const match = matcher.match(row.hash, row.name);
      if ('id' in match) this.#add(match.id, row);
      else lost.push(unmatchedName(row.name ?? row.hash ?? '', match));
    }
    this.unmatched = { count: lost.length, examples: lost.slice(0, examplesAtMost) };
  }

  /**
   * What the file says of a picture's file. Two rows may name two files of the same bytes: then the
   * row counts whose path agrees with that of the file furthest from the end.
   */
  of(sampleId: number, path: string): ListedLabel | null {
    const [first, ...others] = this.#bySample.get(sampleId) ?? [];
    if (first === undefined) return null;
    let best = first;
    for (const other of others) {
      if (sharedEnd(other.name, path) > sharedEnd(best.name, path)) best = other;
    }
    return { label: storedLabel([...best.labels]), split: best.split };
  }

  #add(sampleId: number, row: LabelRow): void {
    const name = row.name ?? row.hash ?? '';
    const known = this.#bySample.get(sampleId) ?? [];
    const same = known.find((one) => one.name === name);
    const entry = same ?? { name, labels: new Set(), split: null };
    for (const label of row.labels) entry.labels.add(label);
    entry.split ??= row.split;
    if (!same) this.#bySample.set(sampleId, [...known, entry]);
  }
}

/** How many parts of two paths agree from the end. */
function sharedEnd(name: string, path: string): number {
  const [one, other] = [name.split(/[\\/]/).reverse(), path.split('/').reverse()];
  const differs = one.findIndex((part, index) => part !== other[index]);
  return differs < 0 ? one.length : differs;
}
