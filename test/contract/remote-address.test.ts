import { describe, expect, it } from 'vitest';
import { addressParts, remoteAddress } from '../../src-main/contract/remote-address.ts';

describe('the parts of what was pasted', () => {
  it.each([
    ['http://127.0.0.1:4000/#token=a-b_c', 'http://127.0.0.1:4000/', 'a-b_c'],
    [
      '  The page: https://gpu.lab/#token=x&compare=1,2 (Ctrl+C ends it)\n',
      'https://gpu.lab/',
      'x',
    ],
    ['gpu-box:4000', 'gpu-box:4000', ''],
    ['http://gpu-box:4000/#compare=1,2', 'http://gpu-box:4000/#compare=1,2', ''],
    ['a-b_c', 'a-b_c', ''],
    ['', '', ''],
  ])('%j', (text, address, token) => {
    expect(addressParts(text)).toEqual({ address, token });
  });
});

describe('the address of an engine', () => {
  it('needs neither a scheme nor a path', () => {
    expect(remoteAddress({ address: ' gpu-box:4000 ', token: ' t ' })).toEqual({
      origin: 'http://gpu-box:4000',
      host: 'gpu-box:4000',
      token: 't',
    });
    expect(remoteAddress({ address: 'https://gpu.lab/x?y#z', token: 't' })).toMatchObject({
      origin: 'https://gpu.lab',
      host: 'gpu.lab',
    });
  });

  it.each(['', 'ftp://gpu-box', 'two words', 'http://', 'file:///etc/passwd', 'javascript://x'])(
    'is not %j',
    (address) => {
      expect(() => remoteAddress({ address, token: 't' })).toThrow('not the address of an engine');
    },
  );

  it('is nothing without its token', () => {
    expect(() => remoteAddress({ address: 'gpu-box:4000', token: ' ' })).toThrow(
      'token is missing',
    );
  });
});
