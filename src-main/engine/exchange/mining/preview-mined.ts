import type { z } from 'zod';
import type { MinePreview, minePreviewInput } from '../../../contract/mining.ts';
import type { Library } from '../../store/library-file.ts';
import { pictureList } from '../tables/picture-list.ts';
import { previewTable } from '../tables/preview-table.ts';
import { sourceOfRun, wantedEmbeddedRun } from '../tables/run-source.ts';
import { countCandidates } from './count-candidates.ts';
import { mineRows } from './mine-rows.ts';
import { minedTable } from './mining-tables.ts';
import { nothingToMine, pictureNames, rowsToMine } from './rows-to-mine.ts';

/**
 * Mines only the first anchors, with which the whole export begins.
 * @throws EngineError not-found, bad-argument, no-labels
 */
export async function previewMined(
  library: Library,
  { rows: shown, anchors: most, ...choice }: z.infer<typeof minePreviewInput>,
): Promise<MinePreview> {
  const run = wantedEmbeddedRun(library, choice.run);
  const { ids, rows, known } = rowsToMine(library, run, choice);
  const { anchors, rules, withoutPositive } = await mineRows(
    rows,
    known,
    choice,
    () => Promise.resolve(),
    most,
  );
  if (anchors.length === 0) throw nothingToMine(choice.positives);
  const names = pictureNames(library, pictureList(library, ids), choice.naming);
  const table = minedTable({ anchors, names, source: sourceOfRun(run) }, choice);
  const preview = await previewTable(table, choice.format, shown);
  const times = (rows.count - withoutPositive) / anchors.length;
  return {
    ...preview,
    count: Math.round(preview.count * times),
    bytes: Math.round(preview.bytes * times),
    neededBytes: Math.round(preview.neededBytes * times),
    anchors: anchors.length,
    range_max: rules.range_max,
    ...countCandidates(anchors),
  };
}
