import { flatNames } from '../../formats/tables/flat-columns.ts';
import { exportPath } from '../destination/export-destination.ts';
import { buildTable } from './build-table.ts';
import { writeTables } from './write-table.ts';
import type { JobRunner } from '../../jobs/job-runner.ts';

/** Writes a table of the library as a file. */
export const runExportJob: JobRunner<'export'> = async (context, input) => {
  const { library, now } = context;
  const { format, overwrite } = input;
  const started = now();
  context.report({ progress: 0, message: 'Reading' });
  const file = await exportPath(library.file, input.file);
  const table = await buildTable(library, input);
  const files = await writeTables([{ table, format, file }], {
    overwrite,
    onRows: async (done) => {
      const message = `Writing: ${done} of ${table.count} rows`;
      context.report({ progress: done / Math.max(1, table.count), message });
      await context.yieldToEvents();
    },
  });
  return {
    files,
    rows: table.count,
    columns: table.columns.flatMap((column) => flatNames(column, table.pictures)),
    seconds: (now() - started) / 1000,
  };
};
