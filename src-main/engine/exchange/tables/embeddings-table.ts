import { EngineError } from '../../../contract/errors/errors.ts';
import type { TableChoice } from '../../../contract/exports.ts';
import { embeddedSampleIds, readEmbeddings } from '../../store/embeddings.ts';
import type { Library } from '../../store/library-file.ts';
import { markColumns } from './mark-columns.ts';
import { pictureList } from './picture-list.ts';
import { numbers, picture } from '../../formats/tables/table.ts';
import type { Table, TableChunk } from '../../formats/tables/table.ts';
import { sourceOfRun, wantedEmbeddedRun } from './run-source.ts';

const rowsPerChunk = 4096;

/** A table with one row per embedded picture: its unit vector of space h or z. */
export function embeddingsTable(
  library: Library,
  { run: reference, space }: Pick<TableChoice, 'run' | 'space'>,
): Table {
  const run = wantedEmbeddedRun(library, reference);
  const { weightsHash } = run;
  const ids = embeddedSampleIds(library, weightsHash, space);
  if (ids.length === 0) {
    throw new EngineError(
      'not-found',
      space === 'z'
        ? `The run "${run.name}" has no projected z: its encoder has no projection head.`
        : `The run "${run.name}" has no embeddings yet.`,
    );
  }
  const { dimensions } = readEmbeddings(library, weightsHash, space, ids.subarray(0, 1));
  const pictures = pictureList(library, ids);
  const marks = markColumns(library, pictures.hashes);
  return {
    columns: [
      picture('', 'the embedded picture'),
      numbers('vector', 'float32', 'unit length', `its embedding, space ${space}`, dimensions),
      ...marks.columns,
    ],
    pictures,
    count: ids.length,
    matrix: ['vector'],
    source: { ...sourceOfRun(run), what: 'embeddings', space },
    *chunks(): Generator<TableChunk> {
      for (let first = 0; first < ids.length; first += rowsPerChunk) {
        const part = ids.subarray(first, first + rowsPerChunk);
        const indices = Int32Array.from(part, (_, index) => first + index);
        const { vectors } = readEmbeddings(library, weightsHash, space, part);
        yield { count: part.length, values: [indices, vectors, ...marks.of(first, part.length)] };
      }
    },
  };
}
