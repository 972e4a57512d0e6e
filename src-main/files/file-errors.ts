import { EngineError } from '../contract/errors/errors.ts';
import type { ErrorCode } from '../contract/errors/errors.ts';

const reasons: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOENT: ['not-found', 'its folder is not there'],
  ENOTDIR: ['bad-argument', 'its folder is a file'],
  EEXIST: ['bad-argument', 'there is a file of this name in its way'],
  EISDIR: ['bad-argument', 'there is a folder of this name'],
  EACCES: ['bad-argument', 'you may not write there'],
  EPERM: ['bad-argument', 'you may not write there'],
  EROFS: ['bad-argument', 'its disk is read-only'],
  ENAMETOOLONG: ['bad-argument', 'its name is too long'],
  ENOSPC: ['disk-full', 'the disk is full'],
  EDQUOT: ['disk-full', 'your share of the disk is used up'],
};

/** A file system's error as a sentence that names the file; any other error is returned unchanged. */
export function fileError(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code];
  if (reason === undefined) return error;
  return new EngineError(reason[0], `"${file}" was not written: ${reason[1]}.`, { cause: error });
}
