import { expect, it } from 'vitest';
import { verdictKind } from '../../../../src-main/contract/verdicts.ts';
import { answers, verdictWords } from '../../../../src-renderer/app/verdicts/verdict-words.ts';

it('offers every answer of the contract, each by a key of its own', () => {
  expect(answers.map(({ kind }) => kind)).toEqual(verdictKind.options);
  expect(answers.map(({ key }) => key)).toEqual(['F', 'T', 'U']);
  expect(new Set(Object.values(verdictWords)).size).toBe(verdictKind.options.length);
});
