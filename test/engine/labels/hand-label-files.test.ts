import { expect, test } from 'vitest';
import { exportLabels, importLabels } from '../../../src-main/engine/labels/hand-label-files.ts';
import { listLabelEdits, saveLabelEdits } from '../../../src-main/engine/store/label-edits.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';

test('labels that are exported and imported change nothing, with or without a label', async () => {
  const library = await scannedLibrary(['animal-bird']);
  const { hashes } = presentSamples(library);
  library.query('UPDATE files SET label = NULL WHERE sampleId = 3').run();
  const given = [
    { hash: hashes[0] ?? '', labels: ['hen', 'fowl'] },
    { hash: hashes[1] ?? '', labels: [] },
  ];
  saveLabelEdits(library, given);
  const before = listLabelEdits(library);
  for (const isWhole of [true, false]) {
    const { text, pictures } = exportLabels(library, presentSamples(library), isWhole);
    expect(pictures).toBe(isWhole ? 12 : 2);
    const report = importLabels(library, 'labels.csv', text);
    expect(report).toMatchObject({ changed: 0, unchanged: 2, unmatched: { count: 0 } });
    expect(listLabelEdits(library)).toEqual(before);
  }
});

test('an empty cell of a table that others made says nothing', async () => {
  const library = await scannedLibrary(['animal-bird']);
  const { paths } = presentSamples(library);
  const text = `path,label\n${paths[0]},hen\n${paths[1]},\n`;
  expect(importLabels(library, 'labels.csv', text)).toMatchObject({ changed: 1 });
  expect(listLabelEdits(library).map(({ labels }) => labels)).toEqual([['hen']]);
});
