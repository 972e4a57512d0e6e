import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { exportTables, tableFormats, tablesWithoutRun } from '../../src-main/contract/exports.ts';

/** A packed command line, and where it is tried. */
export interface TriedProgram {
  /** The path of `negatoscope`. */
  readonly command: string;
  /** A folder of pictures. */
  readonly pictures: string;
  /** An empty folder, the home of the user. */
  readonly home: string;
}

/** An environment without this project's Node and settings, as a user has it. */
export function strangerEnvironment(home: string): NodeJS.ProcessEnv {
  const path = process.platform === 'win32' ? process.env.PATH : '/usr/bin:/bin';
  const { SystemRoot, TEMP, TMPDIR } = process.env;
  return { SystemRoot, TEMP, TMPDIR, PATH: path, HOME: home, NEGATOSCOPE_HOME: home };
}

/**
 * Runs the packed command line through what it is for, each command in a process of its own; returns how
 * many ran.
 * @throws Error with the output of the first that fails
 */
export function tryCommands({ command, pictures, home }: TriedProgram): number {
  const [one, other] = [pictureAt(pictures, 0), pictureAt(pictures, -1)];
  const commands = [
    ['--version'],
    ['--help'],
    ['scan', pictures],
    ['devices'],
    ['embed', '--encoder', 'pixels'],
    ['embed', '--encoder', 'starter'],
    ['embed', '--encoder', 'starter+hog'],
    ['train', '--epochs', '1', '--batch', '16', '--name', 'trained'],
    ['train', '--encoder', 'head', '--on', 'starter', '--epochs', '1', '--name', 'head'],
    ['map', '--run', 'starter'],
    ['map', '--run', 'trained'],
    ['negatives', '--run', 'trained', '--anchor', one],
    ['verdict', '--pair', one, other, '--verdict', 'different'],
    ['evaluate', '--run', 'trained'],
    ['compare', '--runs', 'starter,trained', '--report', join(home, 'compared.html')],
    ['near-duplicates', '--run', 'starter'],
    ['mine', '--run', 'trained', '--out', join(home, 'mined.parquet')],
    ...exportCommands(home),
    ['import', join(home, 'embeddings.parquet'), '--name', 'imported'],
    ['runs'],
  ];
  for (const args of commands) tryCommand(command, args, home);
  return commands.length;
}

/** A picture of a folder, by its place among all. */
export function pictureAt(folder: string, place: number): string {
  const name = globSync('**/*.png', { cwd: folder }).sort().at(place);
  if (name === undefined) throw new Error(`There are no pictures in ${folder}.`);
  return join(folder, name);
}

/** One export of each table, of embeddings in each format, and what is no table. */
function exportCommands(home: string): string[][] {
  const command = (what: string, file: string, run = 'trained'): string[] => {
    const ofRun = tablesWithoutRun.includes(what) ? [] : ['--run', run];
    return ['export', '--what', what, ...ofRun, '--out', join(home, file)];
  };
  return [
    ...exportTables.map((table) => command(table, `${table}.jsonl`)),
    ...tableFormats
      .filter((format) => format !== 'jsonl')
      .map((format) => command('embeddings', `embeddings.${format}`)),
    command('encoder', 'encoder.onnx'),
    command('encoder', 'head.onnx', 'head'),
    command('projector', 'projector'),
    command('atlas', 'atlas.parquet'),
  ];
}

function tryCommand(command: string, args: readonly string[], home: string): void {
  const { status, error, stdout, stderr } = spawnSync(command, [...args], {
    cwd: home,
    env: strangerEnvironment(home),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  const output = error?.message ?? `${stdout}${stderr}`.trim();
  throw new Error(
    `negatoscope ${args.join(' ')} of the package fails (${status ?? '-'}): ${output}`,
  );
}
