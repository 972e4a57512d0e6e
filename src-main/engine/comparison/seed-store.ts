import type { Library } from '../store/library-file.ts';
import { readComparison, saveComparison } from '../store/comparisons.ts';
import type { ComparisonKey } from '../store/comparisons.ts';
import type { Run } from '../store/runs.ts';
import type { SeedPair, SideScores } from './seed-pieces.ts';

/** To be changed when other things are measured of seeds. */
const version = 2;

/** What of a comparison its pieces depend on: the pictures, and what labels and verdicts say of them. */
interface PieceFacts {
  readonly samplesHash: string;
  readonly k: number;
  readonly known: string;
  readonly labels: string;
  /** What does not vote, as `leftOutKey`. */
  readonly leftOut: string;
}

/** Null for a run that has not embedded all of the shared pictures; undefined where nothing is stored. */
type Stored<T> = T | null | undefined;

/** Stores what is measured of single seeds and of pairs of them, beside the comparisons. */
export class SeedStore {
  readonly #library: Library;
  readonly #facts: PieceFacts;

  constructor(library: Library, facts: PieceFacts) {
    this.#library = library;
    this.#facts = facts;
  }

  scores(run: Run): Stored<SideScores> {
    return this.#read<SideScores>(this.#scoresKey(run));
  }

  saveScores(run: Run, scores: SideScores | null): void {
    saveComparison(this.#library, this.#scoresKey(run), JSON.stringify(scores));
  }

  pair(pair: readonly [Run, Run]): Stored<SeedPair> {
    return this.#read<SeedPair>(this.#pairKey(pair));
  }

  savePair(pair: readonly [Run, Run], measured: SeedPair | null): void {
    saveComparison(this.#library, this.#pairKey(pair), JSON.stringify(measured));
  }

  #read<T>(key: ComparisonKey): Stored<T> {
    const json = readComparison(this.#library, key);
    return json === null ? undefined : (JSON.parse(json) as T | null);
  }

  #scoresKey({ weightsHash }: Run): ComparisonKey {
    const { samplesHash, known, labels, leftOut } = this.#facts;
    const hash = weightsHash ?? '';
    const parameters = JSON.stringify({ seedScores: version, known, labels, leftOut });
    return { first: hash, second: hash, samplesHash, parameters };
  }

  #pairKey([first, second]: readonly [Run, Run]): ComparisonKey {
    const { samplesHash, k } = this.#facts;
    return {
      first: first.weightsHash ?? '',
      second: second.weightsHash ?? '',
      samplesHash,
      parameters: JSON.stringify({ seedPair: version, k }),
    };
  }
}
