import { describe, expect, it } from 'vitest';
import { readCompareLink, readPayLink } from '../../../../src-renderer/app/links/compare-link.ts';

describe('a link to two runs side by side', () => {
  it('names both by number, whatever else is in the fragment', () => {
    expect(readCompareLink('#compare=3,12')).toEqual([3, 12]);
    expect(readCompareLink('token=t&compare=12,3')).toEqual([12, 3]);
    expect(readCompareLink('#compare=3%2C12')).toEqual([3, 12]);
  });

  it.each(['', '#compare=', '#compare=3', '#compare=3,', '#compare=3,4,5', '#compare=-1,2'])(
    'is not found in “%s”',
    (fragment) => {
      expect(readCompareLink(fragment)).toBeNull();
    },
  );

  it('has no number of more than nine digits', () => {
    expect(readCompareLink('#compare=999999999,1')).toEqual([999_999_999, 1]);
    expect(readCompareLink('#compare=1000000000,1')).toBeNull();
  });
});

describe('the link to whether verdicts paid', () => {
  it('names a run, beside two that are compared', () => {
    expect(readPayLink('#compare=3,12&pay=12')).toBe(12);
    expect(readCompareLink('#compare=3,12&pay=12')).toEqual([3, 12]);
  });

  it.each(['', '#pay=', '#pay=-1', '#pay=x', '#pay=1000000000'])('is none in %s', (fragment) => {
    expect(readPayLink(fragment)).toBeNull();
  });
});
