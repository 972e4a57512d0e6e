import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { Option } from 'commander';
import { importFormat } from '../contract/imports.ts';
import type { ImportFormat, ImportMatching, ImportResult } from '../contract/imports.ts';
import type { StartCommand } from './start-command.ts';

interface ImportOptions {
  readonly name?: string;
  readonly format?: ImportFormat;
  readonly vectors?: string;
  readonly hashes?: string;
  readonly paths?: string;
  readonly epoch?: string;
  readonly allowGaps?: boolean;
  readonly dryRun?: boolean;
  readonly report?: string;
}

const examplesShown = 3;

/** Adds the command `import`. */
export function addImport(program: Command, start: StartCommand): void {
  program
    .command('import')
    .description('make a run of embeddings that were computed elsewhere')
    .argument('<files...>', 'files of vectors, or folders of them')
    .option('--name <name>', 'a name for the run')
    .addOption(
      new Option('--format <format>', 'instead of the format that the file itself shows').choices(
        importFormat.options,
      ),
    )
    .option('--vectors <column>', 'the column of vectors; dim_* for columns dim_0, dim_1 …')
    .option('--hashes <column>', 'the column of content hashes (SHA-256, hex)')
    .option('--paths <column or file>', 'the column of paths, or a file with one per vector')
    .option(
      '--epoch <column or pattern>',
      'the epochs of rows or files; epoch_{epoch}.npy for file names',
    )
    .option(
      '--allow-gaps',
      'take numbered columns as a vector although some are missing or hold no numbers',
    )
    .option('--dry-run', 'read and check everything, save nothing')
    .option('--report <file>', 'write the answer with its examples as JSON too')
    .action(async (files: string[], options: ImportOptions, command: Command) => {
      const line = start(command);
      const { paths, report, ...rest } = options;
      const isFile = paths !== undefined && existsSync(line.path(paths));
      await line.answer('write', async (engine) => {
        const result = await line.runJob(engine, 'import', {
          ...rest,
          files: files.map((file) => line.path(file)),
          ...(paths !== undefined && { paths: isFile ? line.path(paths) : paths }),
        });
        if (report !== undefined) {
          await writeFile(line.path(report), `${JSON.stringify(result, null, 2)}\n`);
        }
        return { json: result, text: inWords(result) };
      });
    });
}

function inWords(result: ImportResult): string {
  const { run, name, vectors, dimensions, epochs, norms, matching, ledgerAnchors } = result;
  const outcome = run === null ? 'would be saved' : `are run ${run} (${name})`;
  const first = `${vectors} vectors of ${dimensions} dimensions ${outcome}`;
  const ofEpochs = epochs.length > 0 ? [`${epochs.length} epochs: ${epochRange(result)}`] : [];
  const lengths = norms
    ? [
        `their lengths were ${norms.least.toPrecision(3)} to ${norms.largest.toPrecision(3)}; now they are 1`,
      ]
    : [];
  const ledger = ledgerAnchors > 0 ? [`ledger of ${ledgerAnchors} anchors`] : [];
  return [first, ...ofEpochs, ...ledger, ...lengths, ...matchingLines(matching), ...result.remarks]
    .filter(Boolean)
    .join('\n');
}

function epochRange({ epochs }: ImportResult): string {
  return `${epochs[0]?.epoch ?? ''} to ${epochs.at(-1)?.epoch ?? ''}`;
}

/** How many rows were matched and by what, and how many were left out and why. */
function matchingLines({ rows, matched, problems, picturesWithout }: ImportMatching): string[] {
  const { hash, path, name } = matched;
  const found = `of ${rows} rows ${hash} were matched by content hash, ${path} by path, ${name} by file name`;
  const left = problems.flatMap(({ count, sentence, examples }) => [
    `${count} left out: they ${sentence}`,
    ...examples
      .slice(0, examplesShown)
      .map((example) => `  ${example.file}, row ${example.row}: ${describe(example)}`),
  ]);
  const { count, examples } = picturesWithout;
  if (count === 0) return [found, ...left];
  const some = examples.slice(0, examplesShown).join(', ');
  return [
    found,
    ...left,
    `${count} pictures of the library have no vector: ${some}${count > examplesShown ? ' …' : ''}`,
  ];
}

function describe({ name, note }: { name: string; note: string }): string {
  return [name, note].filter((part) => part !== '').join(', ');
}
