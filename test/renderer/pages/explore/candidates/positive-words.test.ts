import { expect, it } from 'vitest';
import { positiveWords } from '../../../../../src-renderer/pages/explore/candidates/positive-words.ts';

const both = { space: 'z', spaces: ['z', 'h'] } as const;

it('says where the positive is from, and the space where there is one alone', () => {
  const of = (from: 'given' | 'views' | 'step' | 'itself', views: number | null = null) => ({
    ...{ ...both, spaces: [...both.spaces], positiveSimilarity: 0.75 },
    positive: { from, views, spread: views === null ? null : 0.125 },
  });
  expect(positiveWords(of('views', 4))).toBe('Positive s⁺ .750 ± .125, measured of 4 views.');
  expect(positiveWords(of('step'))).toBe('Positive s⁺ .750, of its views in that step.');
  expect(positiveWords(of('given'))).toBe('Positive s⁺ .750, as you set it.');
  expect(positiveWords(of('given', 4))).toBe('Positive s⁺ .750, as you set it, not as measured.');
  expect(positiveWords({ ...of('itself'), spaces: ['h'], space: 'h' })).toBe(
    'On h: this run has no z. Positive s⁺ .750: the picture itself stands for its views.',
  );
});
