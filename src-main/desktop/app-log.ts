import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import log from 'electron-log/main.js';

const mostBytes = 5 * 1024 * 1024;

/** The app's log: what the shell did, and what the engine wrote. Nothing leaves this computer. */
export interface AppLog {
  readonly file: string;
  readonly note: (line: string) => void;
  readonly fail: (what: string, error: unknown) => void;
  /** The last lines of the file, for a report. */
  readonly tail: (lines: number) => string;
}

/**
 * Opens the log in the platform's folder of logs. At 5 MB it becomes `main.old.log` and begins anew.
 * Errors that nothing catches are written there and do not end the app.
 */
export function openLog(folder: string): AppLog {
  const file = join(folder, 'main.log');
  log.transports.file.resolvePathFn = () => file;
  log.transports.file.maxSize = mostBytes;
  log.transports.console.level = process.env.NEGATOSCOPE_VERBOSE === undefined ? false : 'info';
  log.errorHandler.startCatching({ showDialog: false });
  return {
    file,
    note: (line) => log.info(line),
    fail: (what, error) => log.error(what, error),
    tail: (lines) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n'),
  };
}
