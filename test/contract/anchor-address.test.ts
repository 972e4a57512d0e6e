import { describe, expect, it } from 'vitest';
import { anchorAddressOf, readAnchorAddress } from '../../src-main/contract/anchor-address.ts';

const anchor = 'ab12'.repeat(16);

describe('the address of an anchor in the desktop app', () => {
  it.each([
    { anchor, library: '/home/me/my pictures & more/ü?#%.sqlite', run: 3 },
    { anchor, library: 'C:\\Users\\me\\cats.sqlite', run: null },
    { anchor: 'abcdef', library: null, run: 0 },
    { anchor, library: null, run: null },
  ])('is read as it was written: %o', (linked) => {
    expect(readAnchorAddress(anchorAddressOf(linked))).toEqual(linked);
  });

  it('has the form that is documented', () => {
    const address = anchorAddressOf({ anchor: 'abcdef', library: '/a/b.sqlite', run: 2 });
    expect(address).toBe('negatoscope://anchor/abcdef?library=%2Fa%2Fb.sqlite&run=2');
  });

  it('is read in the capitals that a mail program may make', () => {
    expect(readAnchorAddress('NEGATOSCOPE://anchor/ABCDEF')?.anchor).toBe('abcdef');
  });

  it.each([
    'https://anchor/abcdef',
    'negatoscope://anchor/',
    'negatoscope://anchor/abcdeg',
    'negatoscope://anchor/abc',
    `negatoscope://anchor/${anchor}0`,
    'negatoscope://run/abcdef',
    'negatoscope://me@anchor/abcdef',
    'negatoscope://anchor:80/abcdef',
    'negatoscope://anchor/abcdef/..',
    'negatoscope://anchor/abcdef#x',
    'negatoscope://anchor/abcdef?run=-1',
    'negatoscope://anchor/abcdef?run=1e3',
    'negatoscope://anchor/abcdef?run=1&run=2',
    'negatoscope://anchor/abcdef?exec=sh',
    'negatoscope://anchor/abcdef?library=cats.sqlite',
    'negatoscope://anchor/abcdef?library=/etc/passwd',
    'negatoscope://anchor/abcdef?library=%2Fa%00.sqlite',
    // Another computer, which Windows would sign in to.
    'negatoscope://anchor/abcdef?library=%5C%5Cserver%5Cshare%5Ca.sqlite',
    'negatoscope://anchor/abcdef?library=%2F%2Fserver%2Fshare%2Fa.sqlite',
    `negatoscope://anchor/abcdef?library=/${'a'.repeat(5000)}.sqlite`,
    '--inspect=1 negatoscope://anchor/abcdef',
    '',
  ])('is nothing else: %s', (address) => {
    expect(readAnchorAddress(address)).toBeNull();
  });
});
