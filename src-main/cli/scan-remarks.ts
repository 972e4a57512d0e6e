import { blankTexts, type ScanResult } from '../contract/library.ts';

/** Lines on what a scan left out, on pictures that show nothing, and on files with something wrong. */
export function describeRemarks({ leftOut, blank, notes }: ScanResult): string[] {
  const kinds = Object.entries(leftOut);
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  const list = kinds.map(([kind, count]) => `${kind} ${count}`).join(', ');
  return [
    ...(total === 0
      ? []
      : [
          `  ${total} hidden files or files of other programs left out (${list}); take them with --take-hidden`,
        ]),
    ...blank.map((picture) => `  blank ${picture.path}: ${blankTexts[picture.blank]}`),
    ...notes.map(({ path, note }) => `  note ${path}: ${note}`),
  ];
}
