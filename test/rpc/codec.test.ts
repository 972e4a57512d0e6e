import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage } from '../../src-main/rpc/codec.ts';

describe('the wire format', () => {
  it.each([
    Float32Array.of(1.5, -0, NaN, Infinity),
    Float64Array.of(Math.PI, Number.MIN_VALUE),
    Int32Array.of(-1, 2 ** 31 - 1),
    Uint32Array.of(0, 2 ** 32 - 1),
    Int16Array.of(-300),
    Uint16Array.of(65535),
    Int8Array.of(-128),
    Uint8Array.of(0, 255),
    new Float32Array(0),
  ])('keeps %o, wherever it lies in the message', (array) => {
    for (const padding of ['', 'x', 'xx', 'xxx']) {
      const decoded = decodeMessage(encodeMessage({ padding, array }));
      expect(decoded).toEqual({ padding, array });
    }
  });

  const odd = ['\ufeffmark', '', 'ä', '画像', '🦆', '\ud83d', '\ude00', 'a\0b', ' ', 'last\n'];

  it.each([
    { count: 63, strings: odd },
    { count: 64, strings: odd },
    { count: 1000, strings: odd },
    { count: 1000, strings: [...odd, 'half of a character: \ud83d'] },
    { count: 100_000, strings: ['short', 'picture-1'.repeat(10)] },
  ])('keeps $count strings, wherever they lie in the message', ({ count, strings }) => {
    const list = Array.from({ length: count }, (_, index) => strings[index % strings.length]);
    for (const padding of ['', 'x', 'xx', 'xxx']) {
      const message = { padding, lists: [list, [...list, 1]] };
      const bytes = encodeMessage(message);
      expect(decodeMessage(bytes)).toEqual(message);
      // As a pipe gives it, in a part of a larger buffer.
      const part = Buffer.concat([Buffer.alloc(5), bytes, Buffer.alloc(3)]).subarray(5, -3);
      expect(decodeMessage(part)).toEqual(message);
    }
  });

  it('sends the part of a buffer that an array shows, not the buffer', () => {
    const part = new Float32Array(1000).fill(7).subarray(10, 12);
    const bytes = encodeMessage(part);
    expect(bytes.length).toBeLessThan(20);
    expect(decodeMessage(bytes)).toEqual(Float32Array.of(7, 7));
  });

  it('leaves out fields that are undefined: null would be another value', () => {
    expect(decodeMessage(encodeMessage({ a: undefined, b: null }))).toEqual({ b: null });
  });

  it('refuses bytes that are not a message', () => {
    expect(() => decodeMessage(Uint8Array.of(0xc1))).toThrow();
    expect(() => decodeMessage(encodeMessage({ a: 1 }).subarray(0, 2))).toThrow();
  });
});
