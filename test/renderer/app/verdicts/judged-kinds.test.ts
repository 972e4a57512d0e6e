import { describe, expect, it } from 'vitest';
import {
  judgedKinds,
  judgedWords,
  strongestByHash,
} from '../../../../src-renderer/app/verdicts/judged-kinds.ts';
import { verdictOf } from '../../verdict-of.ts';

describe('what was said of a picture', () => {
  it('is the strongest of its verdicts, in whatever order they were given', () => {
    const verdicts = [
      verdictOf('a', 'b', 'unsure'),
      verdictOf('a', 'c', 'same'),
      verdictOf('a', 'd', 'different'),
      verdictOf('b', 'd', 'different'),
      verdictOf('e', 'f', 'unsure'),
    ];
    const expected = {
      a: 'same',
      b: 'different',
      c: 'same',
      d: 'different',
      e: 'unsure',
      f: 'unsure',
    };
    expect(Object.fromEntries(strongestByHash(verdicts))).toEqual(expected);
    expect(Object.fromEntries(strongestByHash(verdicts.toReversed()))).toEqual(expected);
  });

  it('is nothing without verdicts', () => {
    expect(strongestByHash([]).size).toBe(0);
  });

  it('has words of its own for each kind', () => {
    expect(new Set(judgedKinds.map((kind) => judgedWords[kind])).size).toBe(judgedKinds.length);
  });
});
