import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const lockFile = join(import.meta.dirname, '../../package-lock.json');

/** What package-lock.json says of a package, as far as it is looked at here. */
export interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly optional?: boolean;
  readonly engines?: unknown;
  readonly bin?: unknown;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly libc?: readonly string[];
}

export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** Reads package-lock.json. */
export function readLockFile(): Lock {
  return JSON.parse(readFileSync(lockFile, 'utf8')) as Lock;
}
