import { statSync } from 'node:fs';

/** The rights of a file that only its user can read and write. */
export const ownerOnly = 0o600;

const ofOthers = 0o077;

/**
 * Whether another user owns a file, or could read or write it. Windows has no such rights: there the
 * user's folder is closed to others.
 */
export function isOpenToOthers(file: string): boolean {
  const user = process.getuid?.();
  if (user === undefined) return false;
  const { uid, mode } = statSync(file);
  return uid !== user || (mode & ofOthers) !== 0;
}
