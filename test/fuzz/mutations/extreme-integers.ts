/** Integers at the edges of what files can hold, and past what memory can. */
export const extremeIntegers = [
  0n,
  1n,
  -1n,
  127n,
  128n,
  255n,
  32_767n,
  65_535n,
  1n << 24n,
  (1n << 31n) - 1n,
  1n << 31n,
  -(1n << 31n),
  (1n << 32n) - 1n,
  1n << 32n,
  (1n << 53n) - 1n,
  (1n << 53n) + 1n,
  (1n << 63n) - 1n,
  -(1n << 63n),
] as const;

/** A number as protobuf and Thrift write it: seven bits a byte, ten bytes where it is negative. */
export function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, value);
  do {
    const more = left > 0x7fn;
    bytes.push(Number(left & 0x7fn) | (more ? 0x80 : 0));
    left >>= 7n;
  } while (left > 0n);
  return Buffer.from(bytes);
}
