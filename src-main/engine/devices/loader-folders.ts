import { globSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/** What decides where a system's loader looks for libraries. */
export interface LoaderSettings {
  readonly platform: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The list of folders of Linux’ loader; /etc/ld.so.conf where left out. */
  readonly list?: string;
  /** The folders that Linux’ loader knows without a list; the usual ones where left out. */
  readonly usual?: readonly string[];
}

const usualFolders = [
  ...['/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu'],
  ...['/lib64', '/usr/lib64', '/lib', '/usr/lib'],
];

/**
 * The folders in which a library is looked for that is opened by its name: LD_LIBRARY_PATH, those of
 * ld.so.conf and the usual ones on Linux (ld.so(8)), PATH and System32 on Windows.
 */
export function loaderFolders(settings: LoaderSettings): string[] {
  const { platform, environment } = settings;
  if (platform === 'win32') {
    const { Path, PATH, SystemRoot } = environment;
    const system = SystemRoot === undefined ? [] : [join(SystemRoot, 'System32')];
    return [...(PATH ?? Path ?? '').split(';').filter(Boolean), ...system];
  }
  const { list = '/etc/ld.so.conf', usual = usualFolders } = settings;
  const wanted = (environment['LD_LIBRARY_PATH'] ?? '').split(/[:;]/).filter(Boolean);
  return [...wanted, ...listedFolders(list), ...usual];
}

/** The folders of a list, and of those that it includes (ldconfig(8)); none where it cannot be read. */
function listedFolders(list: string, depth = 0): string[] {
  const mostDeep = 8;
  return linesOf(list).flatMap((line) => {
    const [, included] = /^include\s+(.+)$/.exec(line) ?? [];
    if (included === undefined) return [line];
    const pattern = isAbsolute(included) ? included : join(dirname(list), included);
    // A list that includes itself would have no end.
    if (depth === mostDeep) return [];
    return globSync(pattern).flatMap((file) => listedFolders(file, depth + 1));
  });
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.replace(/#.*$/, '').trim())
      .filter((line) => line !== '');
  } catch {
    return [];
  }
}
