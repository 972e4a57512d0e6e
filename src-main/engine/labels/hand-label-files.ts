import { csvLine } from '../../contract/csv-line.ts';
import { shownLabel, storedLabel } from '../../contract/label-sets.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { ImportedLabels, LabelEdit } from '../../contract/labels.ts';
import { listLabelEdits, saveLabelEdits } from '../store/label-edits.ts';
import type { Library } from '../store/library-file.ts';
import { PictureMatcher, unmatchedName } from '../store/picture-matcher.ts';
import { parseLabelText } from './label-file.ts';

const examplesAtMost = 20;

/**
 * The labels of a library as CSV: those given by hand or, with `isWhole`, those of all pictures, with
 * where each comes from.
 */
export function exportLabels(
  library: Library,
  samples: SampleColumns,
  isWhole: boolean,
): { readonly text: string; readonly pictures: number } {
  const byHand = new Map(listLabelEdits(library).map(({ hash, labels }) => [hash, labels ?? []]));
  const rowOf = new Map(samples.hashes.map((hash, row) => [hash, row]));
  const hashes = isWhole ? samples.hashes : [...byHand.keys()];
  const lines = hashes.map((hash) => {
    const row = rowOf.get(hash) ?? -1;
    const given = byHand.get(hash);
    const label =
      given === undefined
        ? (samples.labels[samples.labelIndex[row] ?? -1] ?? '')
        : shownLabel(storedLabel(given) ?? '');
    const split = samples.splits[samples.splitIndex[row] ?? -1] ?? '';
    const source = given === undefined ? 'folder' : 'hand';
    return csvLine([hash, samples.paths[row] ?? '', label, split, source]);
  });
  const head = csvLine(['hash', 'path', 'label', 'split', 'source']);
  return { text: [head, ...lines].map((line) => `${line}\n`).join(''), pictures: hashes.length };
}

/**
 * Takes the labels of a file as labels by hand; rows whose `source` is a folder are left out, so that
 * an exported file comes back as it was.
 * @throws EngineError bad-argument if the text is no file of labels
 */
export function importLabels(library: Library, name: string, text: string): ImportedLabels {
  const matcher = new PictureMatcher(library);
  const hashOf = library.query<{ hash: string }>('SELECT hash FROM samples WHERE id = ?');
  const edits = new Map<string, Set<string>>();
  const lost: string[] = [];
  for (const row of parseLabelText(name, text)) {
    const isByHand = row.source === 'hand';
    // An empty cell says that there is no label only where a person said so.
    if (!isByHand && (row.source !== null || row.labels.length === 0)) continue;
    const match = matcher.match(row.hash, row.name);
    if (!('id' in match)) {
      lost.push(unmatchedName(row.name ?? row.hash ?? '', match));
      continue;
    }
    const hash = hashOf.get(match.id)?.hash;
    if (hash !== undefined) edits.set(hash, new Set([...(edits.get(hash) ?? []), ...row.labels]));
  }
  const before = new Map(listLabelEdits(library).map(({ hash, labels }) => [hash, labels]));
  const changed = [...edits]
    .map(([hash, labels]): LabelEdit => ({ hash, labels: [...labels] }))
    .filter(({ hash, labels }) => storedOf(before.get(hash)) !== storedOf(labels));
  return {
    changed: changed.length,
    unchanged: edits.size - changed.length,
    unmatched: { count: lost.length, examples: lost.slice(0, examplesAtMost) },
    former: saveLabelEdits(library, changed),
  };
}

/** One text for equal labels by hand; undefined where there are none. */
function storedOf(labels: readonly string[] | null | undefined): string | undefined {
  return labels ? (storedLabel(labels) ?? '') : undefined;
}
