import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { EngineClient } from '../contract/client.ts';
import { EngineError } from '../contract/errors/errors.ts';
import { exportTables, tableFormat, tableFormats } from '../contract/exports.ts';
import type { ExportResult, ExportTable, TableFormat } from '../contract/exports.ts';
import { wholeNumber } from './command-line.ts';
import type { CommandLine, CommandOutput } from './command-line.ts';
import type { StartCommand } from './start-command.ts';

/** Exports for other tools, which are not a table in a chosen format. */
const wholes = ['encoder', 'projector', 'atlas'] as const;
type Whole = (typeof wholes)[number];

interface ExportOptions {
  readonly run?: string;
  readonly what: ExportTable | Whole;
  readonly format?: TableFormat;
  readonly out: string;
  readonly space?: 'h' | 'z';
  readonly most?: number;
  readonly epoch?: number;
  readonly columns?: string;
  readonly anchor?: string;
  readonly neighbours?: number;
  readonly thumbnails: boolean;
  readonly force?: boolean;
}

/** Adds the command `export`. */
export function addExport(program: Command, start: StartCommand): void {
  program
    .command('export')
    .description(
      'write embeddings, a map, bins, the ledger, verdicts, runs or a trained encoder as a file; or what TensorBoard’s projector and Embedding Atlas open',
    )
    .addOption(
      new Option('--what <what>', 'what to write')
        .choices([...exportTables, ...wholes])
        .makeOptionMandatory(),
    )
    .option('--run <run>', 'a run by number or name; not for verdicts and runs')
    .requiredOption('--out <file>', 'the file to write; of the projector the folder')
    .addOption(
      new Option('--format <format>', 'the ending of the file if not given').choices(tableFormats),
    )
    .addOption(
      new Option(
        '--space <space>',
        'of embeddings (h if not given), and of bins (z if not given, where the run has it)',
      ).choices(['h', 'z']),
    )
    .option(
      '--most <count>',
      'of bins: candidates of each anchor; 0 for all',
      wholeNumber('--most'),
    )
    .option('--epoch <epoch>', 'of the ledger: this one only', wholeNumber('--epoch'))
    .option('--columns <names>', 'only these, with commas')
    .option('--anchor <picture>', 'of projector and atlas: the bins that this picture sees')
    .option('--neighbours <count>', 'of atlas: of each picture', wholeNumber('--neighbours'))
    .option('--no-thumbnails', 'of atlas: leave the pictures out')
    .option('--force', 'replace existing files: that of --out, and those written beside it')
    .action(async (options: ExportOptions, command: Command) => {
      const line = start(command);
      await line.answer('write', async (engine) => {
        const { what } = options;
        if (isWhole(what)) return await exportWhole(line, engine, what, options);
        return await exportTable(line, engine, what, options);
      });
    });
}

function isWhole(what: ExportOptions['what']): what is Whole {
  return wholes.some((name) => name === what);
}

async function exportTable(
  line: CommandLine,
  engine: EngineClient,
  what: ExportTable,
  { run, space, most, epoch, columns, out, force, format }: ExportOptions,
): Promise<CommandOutput> {
  const result = await line.runJob(engine, 'export', {
    ...{ run, space, binsSpace: space, most, epoch, what },
    format: format ?? formatOf(out),
    file: line.path(out),
    overwrite: force ?? false,
    ...(columns !== undefined && { columns: columns.split(',').map((name) => name.trim()) }),
  });
  return { json: result, text: exportInWords(result) };
}

/** The named run. @throws EngineError bad-argument when no run is named */
async function exportWhole(
  line: CommandLine,
  engine: EngineClient,
  what: Whole,
  { run, space, anchor, neighbours, thumbnails, out, force }: ExportOptions,
): Promise<CommandOutput> {
  if (run === undefined) throw new EngineError('bad-argument', 'Name the run: --run RUN.');
  const [path, overwrite] = [line.path(out), force ?? false];
  if (what === 'encoder') {
    const result = await line.runJob(engine, 'exportEncoder', { run, file: path, overwrite });
    return { json: result, text: result.files.map((file) => file.path).join(' and ') };
  }
  const choice = {
    run,
    overwrite,
    ...(anchor !== undefined && { anchor: pictureOf(line, anchor), anchorSpace: space }),
  };
  const result =
    what === 'projector'
      ? await line.runJob(engine, 'exportProjector', { ...choice, space, folder: path })
      : await line.runJob(engine, 'exportAtlas', { ...choice, neighbours, thumbnails, file: path });
  const written = `${result.pictures} pictures: ${result.files.map((file) => file.path).join(', ')}`;
  return { json: result, text: [written, ...result.remarks].join('\n') };
}

/** The absolute path of the file, since a job does not know the folder in which the command was given. */
function pictureOf(line: CommandLine, reference: string): string {
  return existsSync(line.path(reference)) ? line.path(reference) : reference;
}

function exportInWords({ files, rows, columns }: ExportResult): string {
  const sizes = files.map(({ path, bytes }) => `${path} (${(bytes / 1e6).toFixed(2)} MB)`);
  return `${rows} rows of ${columns.length} columns: ${sizes.join(', ')}`;
}

/** The format by the file's ending. @throws EngineError bad-argument when it is that of no format */
function formatOf(file: string): TableFormat {
  const ending = tableFormat.safeParse(extname(file).slice(1).toLowerCase());
  if (ending.success) return ending.data;
  throw new EngineError(
    'bad-argument',
    `"${file}" does not say in which format: give --format, one of ${tableFormats.join(', ')}.`,
  );
}
