import { createHash } from 'node:crypto';
import type { Comparison } from '../../contract/comparison.ts';
import type { KnownPairs } from '../verdicts/false-pairs.ts';
import { mirroredComparison } from './mirrored-comparison.ts';
import { knownPairs } from '../verdicts/known-pairs.ts';
import { readComparison, saveComparison } from '../store/comparisons.ts';
import type { ComparisonKey } from '../store/comparisons.ts';
import type { Library } from '../store/library-file.ts';
import type { StoredMap } from '../store/maps.ts';
import { hashSampleIds } from '../store/sample-ids.ts';

/** Changes when something else is measured: what was kept before is then measured again. */
const version = 2;

/** A comparison without its names, and numbers of every picture in the order of the shared ids. */
export interface KeptComparison {
  readonly comparison: Omit<Comparison, 'a' | 'b'>;
  readonly overlap: readonly number[];
  readonly hardness: readonly number[];
}

interface Settings {
  readonly k: number;
  readonly most: number;
  readonly seed: number;
}

/** Two sets of weights on the pictures that both embedded, with what is known of these. */
export class ComparisonPlace {
  readonly ids: Uint32Array;
  readonly known: KnownPairs;
  readonly labels: readonly string[];
  readonly #library: Library;
  readonly #key: ComparisonKey;

  constructor(
    library: Library,
    [first, second]: readonly [string, string],
    ids: Uint32Array,
    { k, most, seed }: Settings,
  ) {
    const { known, labels } = knownPairs(library, ids);
    const facts = { known: hashOf(known), labels: hashOf(labels) };
    this.ids = ids;
    this.known = known;
    this.labels = labels;
    this.#library = library;
    this.#key = {
      first,
      second,
      samplesHash: hashSampleIds(ids),
      parameters: JSON.stringify({ version, k, most, seed, ...facts }),
    };
  }

  /** What was measured before, in this order or the other, or null. */
  read(): KeptComparison | null {
    const kept = this.#read(this.#key);
    if (kept) return kept;
    const { first, second } = this.#key;
    const other = this.#read({ ...this.#key, first: second, second: first });
    return (
      other && {
        comparison: mirroredComparison(other.comparison),
        overlap: other.overlap,
        hardness: other.hardness.map((value) => (value === 0 ? 0 : -value)),
      }
    );
  }

  #read(key: ComparisonKey): KeptComparison | null {
    const kept = readComparison(this.#library, key);
    return kept === null ? null : (JSON.parse(kept) as KeptComparison);
  }

  save(kept: KeptComparison): void {
    saveComparison(this.#library, this.#key, JSON.stringify(kept));
  }

  /** The second run's map that starts from the places of `first`, a map of the first run. */
  startedMap({ parameters }: Pick<StoredMap, 'parameters'>): KeptStartedMap {
    const key = { ...this.#key, parameters: JSON.stringify({ startedFrom: parameters }) };
    const library = this.#library;
    return {
      read: () => {
        const kept = readComparison(library, key);
        return kept === null ? null : Float32Array.from(JSON.parse(kept) as number[]);
      },
      save: (coordinates) => {
        const rounded = Array.from(coordinates, (value) => Number(value.toFixed(4)));
        saveComparison(library, key, JSON.stringify(rounded));
      },
    };
  }
}

/** x and y of each shared picture, in their order. */
export interface KeptStartedMap {
  read(): Float32Array | null;
  save(coordinates: Float32Array): void;
}

/** The pictures that both have embedded, in the order of the first. */
export function sharedIds(
  first: { readonly ids: Uint32Array },
  second: { readonly rowOfId: ReadonlyMap<number, number> },
): Uint32Array {
  return first.ids.filter((id) => second.rowOfId.has(id));
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
