import { CommanderError } from 'commander';
import { toErrorReport } from '../contract/errors/errors.ts';
import type { ErrorReport } from '../contract/errors/errors.ts';

const badArguments = 2;
const failed = 1;
const interrupted = 130;

/**
 * The exit code: 0 for help and version, 2 for bad arguments, 130 after Ctrl+C, 1 for all other errors.
 */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : badArguments;
  const { code } = toErrorReport(error);
  if (code === 'bad-argument') return badArguments;
  return code === 'cancelled' ? interrupted : failed;
}

/** Writes an error as one sentence or, with `json`, as an object; nothing where help was asked for. */
export function reportError(error: unknown, json: boolean, stream: NodeJS.WritableStream): void {
  if (exitCodeOf(error) === 0) return;
  const report = errorReport(error);
  stream.write(json ? `${JSON.stringify({ error: report })}\n` : `${report.message}\n`);
}

function errorReport(error: unknown): ErrorReport {
  if (!(error instanceof CommanderError)) return toErrorReport(error);
  const message = error.message.replaceAll('\n', ' ').replace(/^error: |[.\s]+$/g, '');
  if (error.code === 'commander.help') {
    return { code: 'bad-argument', message: 'Name a command; negatoscope --help lists them.' };
  }
  return { code: 'bad-argument', message: `${capitalised(message)}.` };
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
