import { extname } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { EngineError } from '../contract/errors.ts';
import { exportTables, tableFormat, tableFormats } from '../contract/exports.ts';
import type { ExportResult, ExportTable, TableFormat } from '../contract/exports.ts';
import { wholeNumber } from './command-line.ts';
import type { CommandLine } from './command-line.ts';
import type { StartCommand } from './program.ts';

interface ExportOptions {
  readonly run?: string;
  readonly what: ExportTable | 'encoder';
  readonly format?: TableFormat;
  readonly out: string;
  readonly space?: 'h' | 'z';
  readonly most?: number;
  readonly epoch?: number;
  readonly columns?: string;
  readonly force?: boolean;
}

export function addExport(program: Command, start: StartCommand): void {
  program
    .command('export')
    .description(
      'write embeddings, a map, bins, the ledger, verdicts, runs or a trained encoder as a file',
    )
    .addOption(
      new Option('--what <what>', 'what to write')
        .choices([...exportTables, 'encoder'])
        .makeOptionMandatory(),
    )
    .option('--run <run>', 'a run by number or name; not for verdicts and runs')
    .requiredOption('--out <file>', 'the file to write')
    .addOption(
      new Option('--format <format>', 'the ending of the file if not given').choices(tableFormats),
    )
    .addOption(new Option('--space <space>', 'of embeddings').choices(['h', 'z']))
    .option(
      '--most <count>',
      'of bins: candidates of each anchor; 0 for all',
      wholeNumber('--most'),
    )
    .option('--epoch <epoch>', 'of the ledger: this one only', wholeNumber('--epoch'))
    .option('--columns <names>', 'only these, with commas')
    .option('--force', 'replace what is there')
    .action(async ({ columns, out, force, what, ...options }: ExportOptions, command: Command) => {
      const line = start(command);
      if (what === 'encoder') {
        await exportEncoder(line, options.run, { file: line.path(out), overwrite: force ?? false });
        return;
      }
      const format = options.format ?? formatOf(out);
      await line.answer('write', async (engine) => {
        const result = await line.runJob(engine, 'export', {
          ...options,
          what,
          format,
          file: line.path(out),
          overwrite: force ?? false,
          ...(columns !== undefined && { columns: columns.split(',').map((name) => name.trim()) }),
        });
        return { json: result, text: exportInWords(result) };
      });
    });
}

/** Writes a trained encoder as ONNX. */
async function exportEncoder(
  line: CommandLine,
  run: string | undefined,
  place: { readonly file: string; readonly overwrite: boolean },
): Promise<void> {
  if (run === undefined) throw new EngineError('bad-argument', 'Name the run: --run RUN.');
  await line.answer('write', async (engine) => {
    const result = await line.runJob(engine, 'exportEncoder', { run, ...place });
    return { json: result, text: result.files.map(({ path }) => path).join(' and ') };
  });
}

function exportInWords({ files, rows, columns }: ExportResult): string {
  const sizes = files.map(({ path, bytes }) => `${path} (${(bytes / 1e6).toFixed(2)} MB)`);
  return `${rows} rows of ${columns.length} columns: ${sizes.join(', ')}`;
}

/** @throws EngineError bad-argument when the ending is that of no format */
function formatOf(file: string): TableFormat {
  const ending = tableFormat.safeParse(extname(file).slice(1).toLowerCase());
  if (ending.success) return ending.data;
  throw new EngineError(
    'bad-argument',
    `"${file}" does not say in which format: give --format, one of ${tableFormats.join(', ')}.`,
  );
}
