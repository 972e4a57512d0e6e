import { expect, it } from 'vitest';
import { isoTime } from '../../../../src-renderer/app/verdicts/iso-time.ts';

it('writes times as the contract does, in UTC to the millisecond', () => {
  expect(isoTime(0)).toBe('1970-01-01T00:00:00.000Z');
  // 2000-03-01 is 30 years with 7 leap days and 60 days (31 + 29) after the epoch.
  expect(isoTime((30 * 365 + 7 + 60) * 86_400_000 + 1)).toBe('2000-03-01T00:00:00.001Z');
});
