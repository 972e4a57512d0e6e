import { describe, expect, it } from 'vitest';
import {
  explainedRows,
  explanationSummary,
  recordedRows,
  toCsv,
} from '../../../../../src-renderer/pages/explore/negatives/negative-rows.ts';
import { explanationOf } from '../../../explanation-of.ts';
import { ledgerOf } from '../../../ledger-of.ts';
import { picturesOf } from '../../../pictures-of.ts';

const pictures = picturesOf(
  { id: 2, path: 'cats/two.png', label: 'cat' },
  { id: 3, path: 'three.png' },
);
const negatives = [
  { id: 3, bin: 'hard', similarity: 0.5, weight: 2, share: 0.75, zone: 1, evidence: 2 | 8 },
  { id: 2, bin: 'false', similarity: 0.25, share: -0.25, zone: 2, evidence: 1, posterior: 0.125 },
  { id: 77, zone: 0 },
] as const;

describe('the rows that are copied', () => {
  const rows = explainedRows(explanationOf(1, negatives), pictures);

  it('name each candidate, its bin, its zone and its evidence', () => {
    expect(rows[0]).toEqual({
      ...{ rank: 1, hash: 'hash3', path: 'three.png', label: null, bin: 'hard', zone: 'ring' },
      ...{ similarity: 0.5, percentile: 1, weight: 2, share: 0.75, repulsion: 0.75, attraction: 0 },
      ...{ posterior: 0, evidence: 'mutualKnn judgedDifferent' },
    });
  });

  it('tell pull from push', () => {
    expect(rows[1]).toMatchObject({
      ...{ rank: 2, label: 'cat', zone: 'too-easy', evidence: 'sameLabel', posterior: 0.125 },
      ...{ share: -0.25, repulsion: 0, attraction: 0.25 },
    });
  });

  it('keep a candidate that has left the library, without a name', () => {
    expect(rows[2]).toMatchObject({ rank: 3, hash: '', path: '', label: null, zone: 'too-hard' });
  });

  it('are those of the epoch, with how often they met, where a training recorded them', () => {
    expect(recordedRows(ledgerOf(3, [3], negatives), pictures).slice(0, 2)).toEqual([
      {
        ...{
          epoch: 3,
          hash: 'hash3',
          path: 'three.png',
          label: null,
          zone: 'ring',
          similarity: 0.5,
        },
        ...{ weight: 2, share: 0.75, repulsion: 0.75, attraction: 0, met: 1 },
        judgedDifferent: 0,
      },
      expect.objectContaining({ epoch: 3, hash: 'hash2', attraction: 0.25, met: 2 }) as object,
    ]);
  });

  it('are none without candidates', () => {
    expect(explainedRows(explanationOf(1, []), pictures)).toEqual([]);
    expect(recordedRows(ledgerOf(3, [3], []), pictures)).toEqual([]);
  });
});

it('sums an explanation up without its columns', () => {
  const anchor = { hash: 'hash1', path: 'cats/anchor.png', label: 'cat' };
  const change = { anchor: { id: 1, ...anchor }, loss: 2.5 };
  const summary = explanationSummary(explanationOf(1, negatives, change));
  expect(summary.anchor).toEqual(anchor);
  expect(summary).toMatchObject({
    ...{ candidates: 3, loss: 2.5, batch: null, clamped: false, positiveSimilarity: 1 },
    binCounts: { hard: 1, false: 1, ring: 0, easy: 1 },
  });
  expect(JSON.stringify(summary)).not.toContain('ids');
});

describe('comma-separated values', () => {
  it('have a head line and one line a row, each ended by CR LF', () => {
    expect(
      toCsv([
        { a: 1, b: 'x' },
        { a: -0.5, b: null },
      ]),
    ).toBe('a,b\r\n1,x\r\n-0.5,\r\n');
  });

  it('are quoted where they hold what would part them (RFC 4180)', () => {
    const text = toCsv([{ path: 'a, "b".png', note: 'two\nlines', plain: 'a;b' }]);
    expect(text).toBe('path,note,plain\r\n"a, ""b"".png","two\nlines",a;b\r\n');
  });

  it('follow the columns of the first row, and are an empty head without rows', () => {
    expect(toCsv([{ a: 1 }, { b: 2 }])).toBe('a\r\n1\r\n\r\n');
    expect(toCsv([])).toBe('\r\n');
  });
});
