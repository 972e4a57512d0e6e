import { EngineError } from '../../../contract/errors/errors.ts';
import type { ExportTable, TableChoice } from '../../../contract/exports.ts';
import { unknownNameSentence } from '../../../contract/errors/nearest-name.ts';
import type { Library } from '../../store/library-file.ts';
import { flatNames } from '../../formats/tables/flat-columns.ts';
import type { Table, TableChunk } from '../../formats/tables/table.ts';
import { binsTable } from './bins-table.ts';
import { embeddingsTable } from './embeddings-table.ts';
import { ledgerTable } from './ledger-table.ts';
import { mapTable } from './map-table.ts';
import { runsTable } from './runs-table.ts';
import { verdictsTable } from './verdicts-table.ts';

type Builder = (library: Library, choice: TableChoice) => Table | Promise<Table>;

const builders: Readonly<Record<ExportTable, Builder>> = {
  embeddings: embeddingsTable,
  map: mapTable,
  bins: binsTable,
  ledger: ledgerTable,
  verdicts: verdictsTable,
  runs: runsTable,
};

/**
 * Builds the chosen table with only the chosen columns.
 * @throws EngineError not-found, bad-argument
 */
export async function buildTable(library: Library, choice: TableChoice): Promise<Table> {
  const table = await builders[choice.what](library, choice);
  return choice.columns === undefined ? table : withColumns(table, choice.columns);
}

/** A picture column is written whole where any of its parts is chosen. */
function withColumns(table: Table, chosen: readonly string[]): Table {
  const names = table.columns.flatMap((column) => flatNames(column, table.pictures));
  for (const name of chosen) {
    if (names.includes(name)) continue;
    throw new EngineError(
      'bad-argument',
      unknownNameSentence('This table has no column', name, names),
    );
  }
  const chosenIndices = table.columns.flatMap((column, index) =>
    flatNames(column, table.pictures).some((name) => chosen.includes(name)) ? [index] : [],
  );
  const { matrix } = table;
  const isMatrix = matrix?.every((name) => chosen.includes(name)) ?? false;
  return {
    columns: table.columns.filter((_, index) => chosenIndices.includes(index)),
    pictures: table.pictures,
    count: table.count,
    ...(isMatrix && matrix && { matrix }),
    source: table.source,
    async *chunks(): AsyncGenerator<TableChunk> {
      for await (const { count, values } of table.chunks()) {
        yield { count, values: values.filter((_, index) => chosenIndices.includes(index)) };
      }
    },
  };
}
