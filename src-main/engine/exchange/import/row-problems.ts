import type { ImportProblem, ImportProblems } from '../../../contract/imports.ts';

const examplesAtMost = 20;

const sentences: Readonly<Record<ImportProblem, string>> = {
  'no-name': 'have neither a hash nor a path, so their pictures cannot be found',
  'not-found': 'are of pictures that this library does not have',
  ambiguous: 'fit several pictures: their file name alone does not decide which',
  duplicate: 'are of a picture that an earlier row is of already; the first one counts',
  'no-epoch': 'have no whole number from 0 on as their epoch',
  'no-vector': 'have no vector',
  'wrong-dimension': 'have a vector of another length than the others',
  'not-a-number': 'have a vector with a cell that is no number; decimals are written with a point',
  'not-finite': 'have a vector with NaN, infinite or missing values',
  zero: 'have a vector of zeros, which has no direction',
};

export type Example = ImportProblems[number]['examples'][number];

/** Counts the rows that are left out, by reason, and stores the first examples of each reason. */
export class RowProblems {
  readonly #found = new Map<ImportProblem, { count: number; examples: Example[] }>();

  add(problem: ImportProblem, example: () => Example): void {
    const known = this.#found.get(problem) ?? { count: 0, examples: [] };
    known.count++;
    if (known.examples.length < examplesAtMost) known.examples.push(example());
    this.#found.set(problem, known);
  }

  /** The reasons for which rows were left out, the commonest first. */
  report(): ImportProblems {
    return [...this.#found]
      .map(([problem, found]) => ({ problem, sentence: sentences[problem], ...found }))
      .sort((a, b) => b.count - a.count);
  }
}
