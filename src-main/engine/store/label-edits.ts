import { labelNames, storedLabel } from '../../contract/label-sets.ts';
import type { LabelEdit } from '../../contract/labels.ts';
import type { Library } from './library-file.ts';

interface EditRow {
  readonly hash: string;
  readonly label: string;
}

/** All labels given by hand, by content hash. */
export function listLabelEdits(library: Library): LabelEdit[] {
  return library
    .query<EditRow>('SELECT hash, label FROM labelEdits ORDER BY hash')
    .all()
    .map(({ hash, label }) => ({ hash, labels: labelNames(label) }));
}

/**
 * Stores labels given by hand in one transaction, and returns the edits that put back what was there
 * before. An edit without labels says that the picture has none; `null` takes an edit back.
 */
export function saveLabelEdits(library: Library, edits: readonly LabelEdit[]): LabelEdit[] {
  const read = library.query<EditRow>('SELECT hash, label FROM labelEdits WHERE hash = ?');
  const remove = library.query('DELETE FROM labelEdits WHERE hash = ?');
  const insert = library.query(
    'INSERT OR REPLACE INTO labelEdits (hash, label, createdAt) VALUES (?, ?, ?)',
  );
  return library.write(() => {
    const former = new Map<string, LabelEdit>();
    for (const { hash, labels } of edits) {
      const before = read.get(hash);
      if (!former.has(hash)) {
        former.set(hash, { hash, labels: before ? labelNames(before.label) : null });
      }
      if (labels === null) remove.run(hash);
      else insert.run(hash, storedLabel(labels) ?? '', library.now());
    }
    return [...former.values()];
  });
}
