import { expect, it } from 'vitest';
import { filterVerdicts } from '../../../../src-renderer/app/verdicts/filter-verdicts.ts';
import { verdictOf } from '../../verdict-of.ts';

const verdicts = [
  verdictOf('a', 'b', 'same', { note: 'Two hens' }),
  verdictOf('c', 'd', 'different', { note: '' }),
  verdictOf('a', 'd', 'unsure', { note: 'hens?' }),
].map((verdict, index) => ({ ...verdict, run: index === 1 ? 2 : null }));
const found = (kind: 'same' | 'different' | null, text: string): string[] =>
  filterVerdicts(verdicts, { kind, text }, (run) => (run === 2 ? 'Hard run' : '')).map(({ pair }) =>
    pair.map(({ hash }) => hash).join(''),
  );

it('keeps verdicts of a kind whose pictures, note or run hold every word', () => {
  expect(found(null, ' ')).toEqual(['ab', 'cd', 'ad']);
  expect(found('different', '')).toEqual(['cd']);
  expect(found(null, 'HENS')).toEqual(['ab', 'ad']);
  expect(found(null, 'hens two')).toEqual(['ab']);
  expect(found(null, 'hard')).toEqual(['cd']);
  expect(found('same', 'hard')).toEqual([]);
});

it('looks in the labels of the pictures too', () => {
  const labels: Readonly<Record<string, string>> = { a: 'hen house', c: 'barn' };
  const of = (text: string): string[] =>
    filterVerdicts(
      verdicts,
      { kind: null, text },
      () => '',
      (hash) => labels[hash] ?? '',
    ).map(({ pair }) => pair.map(({ hash }) => hash).join(''));
  expect(of('house')).toEqual(['ab', 'ad']);
  expect(of('Barn')).toEqual(['cd']);
});
