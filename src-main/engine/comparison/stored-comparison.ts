import type { RowLookup } from '../store/row-lookup.ts';
import { createHash } from 'node:crypto';
import type { Comparison } from '../../contract/comparison.ts';
import type { OutdatedComparison } from '../../contract/outdated-comparison.ts';
import type { KnownPairs } from '../verdicts/false-pairs.ts';
import { leftOutKey } from '../evaluation/leave-out-groups.ts';
import { libraryLeaveOut } from '../evaluation/library-leave-out.ts';
import { changedFacts, isSameQuestion } from './outdated-comparison.ts';
import { mirroredComparison } from './mirrored-comparison.ts';
import { knownPairs } from '../verdicts/known-pairs.ts';
import type { ComparedLoss } from './compared-loss.ts';
import { comparisonKeys, readComparison, saveComparison } from '../store/comparisons.ts';
import type { ComparisonKey } from '../store/comparisons.ts';
import type { Library } from '../store/library-file.ts';
import type { StoredMap } from '../store/maps.ts';
import { SeedStore } from './seed-store.ts';
import { hashSampleIds } from '../store/sample-ids.ts';

/** To be changed when other things are measured, so that stored comparisons are measured again. */
const version = 5;

/** What is measured of two sets of weights, whatever their runs are called and were trained on. */
export type MeasuredComparison = Omit<Comparison, 'a' | 'b' | 'judgedSame' | 'trainings'>;

/** A comparison as it is stored: without what belongs to the runs and not to their weights, and with numbers of each shared picture. */
export interface StoredComparison {
  readonly comparison: MeasuredComparison;
  readonly overlap: readonly number[];
  readonly hardness: readonly number[];
}

interface Settings {
  readonly k: number;
  readonly most: number;
  readonly seed: number;
  /** The losses of the two, in the order of the weights. */
  readonly losses: readonly [ComparedLoss, ComparedLoss];
}

/**
 * Reads and saves the comparison of two sets of weights on the pictures that both have embedded. What
 * labels and verdicts say of these and both losses are part of its key, so that new verdicts need a new
 * comparison.
 */
export class ComparisonStore {
  readonly ids: Uint32Array;
  readonly losses: Settings['losses'];
  readonly known: KnownPairs;
  readonly labels: readonly string[];
  readonly #library: Library;
  readonly #key: ComparisonKey;
  /** The key of the same comparison in the other order. */
  readonly #mirroredKey: ComparisonKey;

  constructor(
    library: Library,
    [first, second]: readonly [string, string],
    ids: Uint32Array,
    { k, most, seed, losses }: Settings,
  ) {
    const { known, labels } = knownPairs(library, ids);
    const facts = {
      known: hashOf(known),
      labels: hashOf(labels),
      leftOut: leftOutKey(library, libraryLeaveOut(library)),
    };
    this.ids = ids;
    this.losses = losses;
    this.known = known;
    this.labels = labels;
    this.#library = library;
    const samplesHash = hashSampleIds(ids);
    const parametersOf = (ordered: readonly ComparedLoss[]): string =>
      JSON.stringify({ version, k, most, seed, losses: ordered, ...facts });
    this.#key = { first, second, samplesHash, parameters: parametersOf(losses) };
    this.#mirroredKey = {
      ...{ first: second, second: first, samplesHash },
      parameters: parametersOf(losses.toReversed()),
    };
  }

  /** The stored comparison, in this order of the weights or the other; null if there is none. */
  read(): StoredComparison | null {
    const stored = this.#read(this.#key);
    if (stored) return stored;
    const other = this.#read(this.#mirroredKey);
    return (
      other && {
        comparison: mirroredComparison(other.comparison),
        overlap: other.overlap,
        hardness: other.hardness.map((value) => (value === 0 ? 0 : -value)),
      }
    );
  }

  /**
   * What changed since these weights were last compared in either order with the same `k`, `most` and
   * `seed`; null if they were not.
   */
  changedSince(): OutdatedComparison {
    for (const now of [this.#key, this.#mirroredKey]) {
      const before = comparisonKeys(this.#library, now.first, now.second).find((key) =>
        isSameQuestion(key, now),
      );
      if (before) return { changed: changedFacts(before, now) };
    }
    return null;
  }

  #read(key: ComparisonKey): StoredComparison | null {
    const json = readComparison(this.#library, key);
    return json === null ? null : (JSON.parse(json) as StoredComparison);
  }

  /** Saves the comparison. */
  save(comparison: StoredComparison): void {
    saveComparison(this.#library, this.#key, JSON.stringify(comparison));
  }

  /** The store of what is measured of seeds on these pictures. */
  seedStore(library: Library, k: number): SeedStore {
    const { samplesHash } = this.#key;
    const facts = {
      ...{ known: hashOf(this.known), labels: hashOf(this.labels) },
      leftOut: leftOutKey(library, libraryLeaveOut(library)),
    };
    return new SeedStore(library, { samplesHash, k, ...facts });
  }

  /** The store of the second run's map that was started from this map of the first run. */
  startedMap({ parameters }: Pick<StoredMap, 'parameters'>): StartedMapStore {
    const key = { ...this.#key, parameters: JSON.stringify({ startedFrom: parameters }) };
    const library = this.#library;
    return {
      read: () => {
        const json = readComparison(library, key);
        return json === null ? null : Float32Array.from(JSON.parse(json) as number[]);
      },
      save: (coordinates) => {
        const rounded = Array.from(coordinates, (value) => Number(value.toFixed(4)));
        saveComparison(library, key, JSON.stringify(rounded));
      },
    };
  }
}

/** Reads and saves x and y of each shared picture, [count, 2]; null if they are not stored. */
interface StartedMapStore {
  read(): Float32Array | null;
  save(coordinates: Float32Array): void;
}

/** The sample ids that both have embedded, in the order of the first. */
export function sharedIds(
  first: { readonly ids: Uint32Array },
  second: { readonly rowOfId: RowLookup },
): Uint32Array {
  return first.ids.filter((id) => second.rowOfId.has(id));
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
