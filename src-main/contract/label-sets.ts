/** Stands for the number of a label where a picture has none. */
export const noLabel = -1;

/** For each number of a label the numbers of the labels that it is made of: one, or several. */
export type LabelMembers = readonly (readonly number[])[];

const separator = '\u001f';

/** The names of several labels as one stored text: in order, without repetition; null for none. */
export function storedLabel(names: readonly string[]): string | null {
  const clean = names.map((name) => name.normalize('NFC').trim()).filter((name) => name !== '');
  return clean.length === 0 ? null : [...new Set(clean)].sort().join(separator);
}

/** The names in a stored label. */
export function labelNames(stored: string): string[] {
  return stored.split(separator).filter((name) => name !== '');
}

/** The labels in a cell of a table: several have "|" between them. */
export function labelsOfCell(cell: string): string[] {
  return cell
    .split('|')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** A stored label as people read it and tables hold it: several have "|" between them. */
export function shownLabel(stored: string): string {
  return labelNames(stored).join('|');
}
