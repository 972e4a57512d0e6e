import { EngineError } from '../../../contract/errors/errors.ts';
import type { TableChoice } from '../../../contract/exports.ts';
import type { Library } from '../../store/library-file.ts';
import { latestMap } from '../../store/maps.ts';
import { markColumns } from './mark-columns.ts';
import { pictureList } from './picture-list.ts';
import { numbers, picture, wholeTable } from '../../formats/tables/table.ts';
import type { Table } from '../../formats/tables/table.ts';
import { sourceOfRun, wantedEmbeddedRun } from './run-source.ts';

/** A table with one row per picture of a run's latest map. */
export function mapTable(library: Library, { run: reference }: TableChoice): Table {
  const run = wantedEmbeddedRun(library, reference);
  const map = latestMap(library, run.weightsHash);
  if (map === null) {
    throw new EngineError('not-found', `The run "${run.name}" has no map yet: make one first.`);
  }
  const { sampleIds, coordinates, parameters } = map;
  const axis = (offset: number): Float32Array =>
    Float32Array.from(sampleIds, (_, row) => coordinates[2 * row + offset] ?? 0);
  const pictures = pictureList(library, sampleIds);
  const marks = markColumns(library, pictures.hashes);
  const columns = [
    picture('', 'the picture'),
    numbers('x', 'float32', 'map', 'its position on the map, to the right'),
    numbers('y', 'float32', 'map', 'its position on the map, upwards'),
    ...marks.columns,
  ];
  return wholeTable(
    {
      columns,
      pictures,
      matrix: ['x', 'y'],
      source: { ...sourceOfRun(run), what: 'map', map: JSON.stringify(parameters) },
    },
    sampleIds.length,
    [Int32Array.from(sampleIds.keys()), axis(0), axis(1), ...marks.of(0, sampleIds.length)],
  );
}
