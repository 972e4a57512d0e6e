import type { LabelSource } from '../../contract/library.ts';

/**
 * The label of a file by its path relative to the scanned folder: the name of the first sub-folder in
 * composed Unicode (macOS stores Hangul decomposed); null for a file in the folder itself.
 */
export function folderLabel(path: string, labels: LabelSource): string | null {
  const slash = path.indexOf('/');
  return labels === 'none' || slash < 0 ? null : path.slice(0, slash).normalize('NFC');
}
