import { EngineError } from '../../../contract/errors/errors.ts';
import type { ImportMatching, ImportProblem, ImportProblems } from '../../../contract/imports.ts';
import type { RowMatching } from './row-matching.ts';

/** What can be wrong with the vector of a row whose picture was found. */
const vectorProblems: ReadonlySet<ImportProblem> = new Set([
  'no-vector',
  'wrong-dimension',
  'not-a-number',
  'not-finite',
  'zero',
]);

/**
 * Refuses files none of whose rows is of a picture.
 * @throws EngineError not-found
 */
export function checkMatched(matching: RowMatching, matched: number): void {
  if (matched > 0) return;
  const { rows, problems } = matching.report();
  const example = problems[0]?.examples[0];
  const such = example ? ` The first is "${example.name}".` : '';
  throw new EngineError(
    'not-found',
    `None of the ${rows} rows is of a picture in this library: ${inWords(problems)}.${such} Is the right folder scanned, and the right column of paths named?`,
  );
}

/**
 * Refuses files of whose rows not one has a picture and a vector.
 * @throws EngineError not-found
 */
export function checkLeft({ rows, problems }: ImportMatching, vectors: number): void {
  if (vectors > 0) return;
  const example = problems.find(({ problem }) => vectorProblems.has(problem))?.examples[0];
  const note = example && example.note !== '' ? `: ${example.note}` : '';
  const such = example ? ` The first is row ${example.row} of ${example.file}${note}.` : '';
  throw new EngineError(
    'not-found',
    `Of the ${rows} rows not one is left to import: ${inWords(problems)}.${such} Nothing was saved.`,
  );
}

/** What a dry run says where `checkLeft` would refuse the import. */
export function dryRemarks(vectors: number): string[] {
  if (vectors > 0) return [];
  return ['An import would be refused, because not one row would be left.'];
}

function inWords(problems: ImportProblems): string {
  return problems.map(({ count, sentence }) => `${count} ${sentence}`).join('; ');
}
