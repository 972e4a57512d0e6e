import { randomBytes } from 'node:crypto';

const bytes = 24;

/** A random token of 192 bits, of letters that need no escape in an address or a header. */
export function newToken(): string {
  return randomBytes(bytes).toString('base64url');
}
