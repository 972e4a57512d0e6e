import { hash } from 'node:crypto';

/** Numbers below 2^48 are exact in sums. */
export const places = 2 ** 48;

/** A random whole number from 0 to `places` - 1 that a text decides. */
export function placeOf(text: string): number {
  return parseInt(hash('sha256', text, 'hex').slice(0, 12), 16);
}

/** A random number in [0, 1) that a text decides. */
export function uniform(text: string): number {
  return placeOf(text) / places;
}

/** A whole number below 2^32 that a text decides. */
export function codeOf(text: string): number {
  return parseInt(hash('sha256', text, 'hex').slice(0, 8), 16);
}

/** A whole number below 2^32 that looks random for each whole number (the finaliser of MurmurHash3). */
export function mixed(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
