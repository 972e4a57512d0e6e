import { labelRelation } from '../../contract/label-relation.ts';
import { noLabel } from '../../contract/label-sets.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { JudgedPairs } from '../../contract/judged-pairs.ts';
import type { SameLabel } from '../../contract/same-label.ts';
import type { VerdictKind } from '../../contract/verdicts.ts';
import type { Library } from '../store/library-file.ts';
import { librarySameLabel } from '../store/same-label.ts';
import { libraryJudgedPairs } from '../verdicts/library-verdicts.ts';

type Labelled = Pick<SampleColumns, 'hashes' | 'labelIndex' | 'labelMembers'>;

/** What Review need not ask: pairs on which a verdict decides, and by a rule those of one label. */
export class SettledPairs {
  readonly judged: JudgedPairs;
  readonly rule: SameLabel;
  readonly #labels: ReadonlyMap<string, number>;
  readonly #members: Labelled['labelMembers'];

  constructor(judged: JudgedPairs, rule: SameLabel, samples: Labelled) {
    this.judged = judged;
    this.rule = rule;
    this.#labels = new Map(
      samples.hashes.map((hash, index) => [hash, samples.labelIndex[index] ?? noLabel]),
    );
    this.#members = samples.labelMembers;
  }

  /** What settles a pair, by content hash; null where it is to be asked. */
  of(first: string, second: string): VerdictKind | null {
    const judged = this.judged.settled(first, second);
    return judged ?? (this.#isOneLabel(first, second) ? 'same' : null);
  }

  /** Whether the label alone settles a pair. */
  isByLabel(first: string, second: string): boolean {
    return this.judged.settled(first, second) === null && this.#isOneLabel(first, second);
  }

  #isOneLabel(first: string, second: string): boolean {
    if (this.rule === 'asked') return false;
    const [one, other] = [first, second].map((hash) => this.#labels.get(hash) ?? noLabel);
    return labelRelation(one ?? noLabel, other ?? noLabel, this.#members) === 'same';
  }
}

/** What settles the pairs of a library's pictures. */
export function settledPairs(library: Library, samples: SampleColumns): SettledPairs {
  return new SettledPairs(libraryJudgedPairs(library), librarySameLabel(library), samples);
}
