import './without-eval.ts';
import { z } from 'zod';

/** Why a call failed, as a stable code that programs can check. */
const errorCode = z.enum([
  'bad-argument',
  'not-found',
  'bad-picture-folder',
  'library-unreadable',
  /** The disk that holds the library is full; other full disks are `disk-full`. */
  'library-full',
  /** Its pages are damaged: a backup can take its place. */
  'library-damaged',
  'library-newer',
  'library-in-use',
  'too-few-pictures',
  'no-labels',
  'file-exists',
  'disk-full',
  'bad-encoder',
  'unsupported-operation',
  'device-unavailable',
  'training-diverged',
  'cancelled',
  'disconnected',
  'internal',
]);
export type ErrorCode = z.infer<typeof errorCode>;

/** An error as plain data. */
export const errorReport = z.object({ code: errorCode, message: z.string() });
export type ErrorReport = z.infer<typeof errorReport>;

/** A failure that a user can correct: a stable code and one sentence that names the file or field. */
export class EngineError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EngineError';
    this.code = code;
  }
}

/** The report that crosses a process border in place of an Error. */
export function toErrorReport(error: unknown): ErrorReport {
  if (error instanceof EngineError) return { code: error.code, message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** The Error for a report that came over a process border. */
export function fromErrorReport(report: ErrorReport): EngineError {
  return new EngineError(report.code, report.message);
}
