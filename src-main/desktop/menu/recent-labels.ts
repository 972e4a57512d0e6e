import { posix, win32 } from 'node:path';
import type { RecentLibrary } from '../../contract/library.ts';

/** What each library is called in a menu: its name, and its file too where another has the same name. */
export function libraryLabels(
  libraries: readonly RecentLibrary[],
  platform: NodeJS.Platform,
): string[] {
  return libraries.map(({ file, name }) => {
    const shown = name === '' ? fileName(file) : name;
    const isTwice = libraries.some((other) => other.file !== file && other.name === name);
    const label = isTwice ? `${shown} – ${file}` : shown;
    // Elsewhere than on a Mac an ampersand underlines the letter after it.
    return platform === 'darwin' ? label : label.replaceAll('&', '&&');
  });
}

/** The last part of a path of this machine or of that of a remote engine. */
function fileName(file: string): string {
  return (file.includes('\\') ? win32 : posix).basename(file);
}
