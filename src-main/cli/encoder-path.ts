import { existsSync } from 'node:fs';
import type { CommandLine } from './command-line.ts';

/** The absolute path for a path of this machine, or the name. */
export function pathOrName(line: CommandLine, given: string): string {
  const isPath = /[/\\]|\.onnx$|\.json$/.test(given) || existsSync(line.path(given));
  return isPath ? line.path(given) : given;
}
