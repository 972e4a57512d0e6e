import { describe, expect, it } from 'vitest';
import {
  anchorAddress,
  readAnchorLink,
  withAnchorLink,
} from '../../../../src-renderer/app/links/anchor-link.ts';

describe('a link to an anchor', () => {
  it.each([
    ['#anchor=0123ab&run=2', { anchor: '0123ab', run: 2 }],
    ['anchor=0123ab', { anchor: '0123ab', run: null }],
    ['#run=7&anchor=abcdef', { anchor: 'abcdef', run: 7 }],
    ['#anchor=abcdef&run=hard', { anchor: 'abcdef', run: null }],
    ['#anchor=abcdef&run=1.5', { anchor: 'abcdef', run: null }],
  ])('is read from %s', (fragment, link) => {
    expect(readAnchorLink(fragment)).toEqual(link);
  });

  it.each([
    '',
    '#',
    '#token=abcdef',
    '#run=1',
    '#anchor=12345',
    '#anchor=ABCDEF',
    '#anchor=a..f12',
  ])('is not found in “%s”', (fragment) => {
    expect(readAnchorLink(fragment)).toBeNull();
  });

  it('takes a whole hash and no more', () => {
    const hash = 'f'.repeat(64);
    expect(readAnchorLink(`#anchor=${hash}`)?.anchor).toBe(hash);
    expect(readAnchorLink(`#anchor=${hash}f`)).toBeNull();
  });

  it.each([
    { anchor: 'c0ffee', run: 12 },
    { anchor: '00'.repeat(32), run: 0 },
    { anchor: 'c0ffee', run: null },
  ])('is read as it was written: %o', (link) => {
    expect(readAnchorLink(withAnchorLink('', link))).toEqual(link);
    expect(readAnchorLink(withAnchorLink('#anchor=abcdef&run=3', link))).toEqual(link);
  });

  it('leaves what else the fragment holds', () => {
    const linked = withAnchorLink('#token=t0k&anchor=abcdef&run=3', { anchor: 'c0ffee', run: 4 });
    expect(linked).toBe('#token=t0k&anchor=c0ffee&run=4');
    expect(withAnchorLink(linked, null)).toBe('#token=t0k');
    expect(withAnchorLink('#anchor=abcdef&run=3', null)).toBe('');
  });

  it('as an address has no token, which is nobody else’s business', () => {
    const link = { anchor: 'c0ffee', run: 4 };
    expect(anchorAddress('http://127.0.0.1:8080/?a=b#token=t0k&anchor=abcdef', link)).toBe(
      'http://127.0.0.1:8080/?a=b#anchor=c0ffee&run=4',
    );
  });
});
