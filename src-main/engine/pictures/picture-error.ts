/** Why a file is not taken into the library; the file is the subject of the sentence. */
type SkipCode =
  | 'empty-file'
  | 'not-a-picture'
  | 'unsupported-format'
  | 'too-large'
  | 'damaged'
  | 'vanished'
  | 'unreadable'
  | 'unreadable-folder';

/** The error for a file that cannot be used: it is recorded as a skip and never stops a job. */
export class PictureError extends Error {
  readonly code: SkipCode;

  constructor(code: SkipCode, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'PictureError';
    this.code = code;
  }
}

/** Whether a skip depends on more than the file's bytes, so that every scan tries the file again. */
export function isPassing(code: string): boolean {
  return code === 'vanished' || code === 'unreadable' || code === 'unreadable-folder';
}

/** A failed file operation as a PictureError; any other error is returned unchanged. */
export function fileError(error: unknown): unknown {
  if (error instanceof PictureError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ESTALE') {
    return new PictureError('vanished', 'Was gone when it was to be read.', { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new PictureError('unreadable', 'You have no permission to read it.', { cause: error });
  }
  if (typeof code === 'string') {
    return new PictureError('unreadable', `Could not be read (${code}).`, { cause: error });
  }
  return error;
}
