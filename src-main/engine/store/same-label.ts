import { defaultSameLabel, sameLabel as sameLabelSchema } from '../../contract/same-label.ts';
import type { SameLabel } from '../../contract/same-label.ts';
import type { Library } from './library-file.ts';
import { readMeta, writeMeta } from './meta.ts';

const key = 'review.sameLabel';

/** What Review makes of pairs of one label in a library. */
export function librarySameLabel(library: Library): SameLabel {
  const stored = readMeta(library, key);
  return stored === null ? defaultSameLabel : sameLabelSchema.parse(stored);
}

/** Records what Review makes of them from now on. */
export function saveSameLabel(library: Library, sameLabel: SameLabel): void {
  writeMeta(library, key, sameLabel);
}
