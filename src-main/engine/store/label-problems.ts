import { shownLabel } from '../../contract/label-sets.ts';
import type { LabelProblems } from '../../contract/labels.ts';
import type { Library } from './library-file.ts';

interface ProblemFile {
  readonly id: number;
  readonly hash: string;
  readonly path: string;
  readonly label: string | null;
  readonly split: string | null;
}

/**
 * The pictures whose files have different labels, without those that have a label by hand, and the
 * pictures whose files are in different splits.
 */
export function labelProblems(library: Library): LabelProblems {
  const files = library
    .query<ProblemFile>(
      `SELECT samples.id, hash, path, files.label, split FROM files
       JOIN samples ON samples.id = files.sampleId
       WHERE sampleId IN (SELECT sampleId FROM files GROUP BY sampleId
         HAVING min(label) <> max(label) OR min(split) <> max(split))
       ORDER BY samples.id, path, folderId`,
    )
    .all();
  const edited = new Set(
    library
      .query<{ hash: string }>('SELECT hash FROM labelEdits')
      .all()
      .map(({ hash }) => hash),
  );
  const found: LabelProblems = { conflicts: [], shared: [] };
  for (const [id, same] of Map.groupBy(files, (file) => file.id)) {
    const hash = same[0]?.hash ?? '';
    const paths = same.map(({ path }) => path);
    const labels = distinct(same.map(({ label }) => label)).map(shownLabel);
    const splits = distinct(same.map(({ split }) => split));
    if (labels.length > 1 && !edited.has(hash)) found.conflicts.push({ id, hash, labels, paths });
    if (splits.length > 1) found.shared.push({ id, hash, splits, paths });
  }
  return found;
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}
