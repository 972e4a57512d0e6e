import type { LabelSource } from '../../contract/library.ts';

/**
 * The label of a file by its path relative to the scanned folder: the first sub-folder's name, in
 * composed Unicode (macOS stores Hangul decomposed), or null in the folder itself.
 */
export function folderLabel(path: string, labels: LabelSource): string | null {
  const slash = path.indexOf('/');
  return labels === 'none' || slash < 0 ? null : path.slice(0, slash).normalize('NFC');
}
