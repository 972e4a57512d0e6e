import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CarriedArrays } from '../../src-main/rpc/carried-arrays.ts';
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
      // As a pipe gives it.
      const buffer = Buffer.from(encodeMessage({ padding, array }));
      expect(decodeMessage(buffer)).toEqual({ padding, array });
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

/** One direction of a connection: what comes out at its other end, and by how many bytes. */
function connection(): { send: (message: unknown) => { bytes: number; message: unknown } } {
  const [sent, received] = [new CarriedArrays(), new CarriedArrays()];
  return {
    send(message) {
      const bytes = encodeMessage(message, sent);
      return { bytes: bytes.length, message: decodeMessage(bytes, received) };
    },
  };
}

describe('arrays that were sent before', () => {
  const numbers = (seed: number, length = 50_000): Float32Array =>
    Float32Array.from({ length }, (_, index) => Math.sin(seed + index));

  it('are named, as long as they have the same bits and the same type', () => {
    const { send } = connection();
    const message = {
      id: 1,
      similarity: numbers(1),
      ranks: Uint32Array.from(numbers(2), Math.abs),
    };
    expect(send(message).bytes).toBeGreaterThan(400_000);
    const again = {
      id: 2,
      similarity: numbers(1),
      other: numbers(3),
      ranks: message.ranks.slice(),
    };
    const answer = send(again);
    expect(answer.message).toEqual(again);
    expect(answer.bytes).toBeLessThan(200_200);
    const sameBits = { similarity: new Uint32Array(message.similarity.buffer) };
    expect(send(sameBits).message).toEqual(sameBits);
    expect(send({ zeros: numbers(1).fill(0) }).message).toEqual({ zeros: numbers(1).fill(0) });
    expect(send({ zeros: numbers(1).fill(-0) }).message).toEqual({ zeros: numbers(1).fill(-0) });
  });

  it('are arrays of their own: no change to one, at either end, shows in another', () => {
    const { send } = connection();
    const array = numbers(1);
    const first = send(array).message as Float32Array;
    const second = send(array).message as Float32Array;
    first.fill(7);
    second.fill(8);
    expect(send(array).message).toEqual(numbers(1));
    array[9] = 9;
    const changed = send(array);
    expect(changed.message).toEqual(array);
    expect(changed.bytes).toBeGreaterThan(200_000);
  });

  it('are sent as a whole again once more than 8 MB came after them', () => {
    const { send } = connection();
    send({ old: numbers(0), kept: numbers(1) });
    for (let seed = 2; seed < 42; seed++) {
      const message = { kept: numbers(1), next: numbers(seed) };
      const sent = send(message);
      expect(sent.message).toEqual(message);
      expect(sent.bytes).toBeLessThan(201_000);
    }
    expect(send(numbers(0)).bytes).toBeGreaterThan(200_000);
  });

  it('stay in step where a message cannot be encoded', () => {
    const { send } = connection();
    send(numbers(1));
    expect(() => send({ array: numbers(2), big: () => undefined })).toThrow();
    const message = { one: numbers(1), two: numbers(2) };
    expect(send(message).message).toEqual(message);
    expect(send(message).bytes).toBeLessThan(100);
    expect(send(message).message).toEqual(message);
  });

  it('stay in step through 400 messages of any arrays', () => {
    const { send } = connection();
    let state = 1;
    const draw = (most: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % most;
    };
    const types = [Float32Array, Float64Array, Int16Array, Uint8Array, Uint32Array];
    for (let round = 0; round < 400; round++) {
      const arrays = Array.from({ length: 1 + draw(5) }, () => {
        const bytes = new Uint8Array(8 * draw(40_000)).fill(1 + draw(3));
        return new (types[draw(types.length)] ?? Uint8Array)(bytes.buffer);
      });
      const message = { round, arrays: [...arrays, ...arrays] };
      // Vitest's own comparison takes a hundred times as long.
      expect(isDeepStrictEqual(send(message).message, message)).toBe(true);
    }
  });

  it('that nobody sent are refused', () => {
    const sent = new CarriedArrays();
    encodeMessage(numbers(1), sent);
    const name = encodeMessage(numbers(1), sent);
    expect(name.length).toBeLessThan(20);
    expect(() => decodeMessage(name, new CarriedArrays())).toThrow(RangeError);
    expect(() => decodeMessage(name)).toThrow(RangeError);
  });
});
