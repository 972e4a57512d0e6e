import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, Option } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandLine } from '../../src-main/cli/command-line.ts';
import { commandLineOptions } from '../../src-main/cli/command-line-options.ts';
import { exitCodeOf, reportError } from '../../src-main/cli/exit-code.ts';
import { createProgram } from '../../src-main/cli/program.ts';
import { startServer } from '../../src-main/server/start-server.ts';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import type { Library } from '../../src-main/engine/store/library-file.ts';

let home: string;
let library: Library;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope-options-'));
  library = openLibrary(join(home, 'held.sqlite'), { mode: 'write', now: () => 0 });
});

afterAll(async () => {
  library.close();
  await rm(home, { recursive: true, force: true });
});

/** What a command says on a library that another process holds, and its exit code. */
async function refusal(...args: string[]): Promise<{ code: number; said: string }> {
  const options = { ...commandLineOptions(), dataFolder: home, workingFolder: home };
  const program = createProgram('1', (command) => {
    return new CommandLine({ ...command.optsWithGlobals(), library: library.file }, options);
  });
  try {
    await program.parseAsync(['node', 'negatoscope', ...args]);
    return { code: 0, said: '' };
  } catch (error) {
    let said = '';
    const stream = { write: (text: string) => (said += text) } as unknown as NodeJS.WritableStream;
    reportError(error, false, stream);
    return { code: exitCodeOf(error), said };
  }
}

const onRun = ['--run', '1'];
const anchored = [...onRun, '--anchor', 'a.png'];

describe('a wrong value', () => {
  it('is what the library would else hide', async () => {
    expect(await refusal('map', ...onRun)).toMatchObject({
      code: 1,
      said: expect.stringContaining('is in use by another process') as string,
    });
  });

  it.each([
    ['map', ...onRun, '--neighbours', '0'],
    ['map', ...onRun, '--min-distance', '2'],
    ['map', ...onRun, '--metric', 'sine'],
    ['evaluate', ...onRun, '--k', '0'],
    ['compare', '--runs', '1,2', '--k', '0'],
    ['compare', '--runs', '1'],
    ['near-duplicates', ...onRun, '--threshold', '-1'],
    ['near-duplicates', ...onRun, '--threshold', '2'],
    ['neighbours', ...anchored, '-k', '0'],
    ['search', ...onRun, '--text', 'a', '-k', '0'],
    ['search', ...onRun, '--text', ''],
    ['negatives', ...anchored, '--temperature', '0'],
    ['negatives', ...anchored, '--tau-plus', '2'],
    ['ledger', ...anchored, '--epoch', '0'],
    ['review', ...onRun, '--limit', '0'],
    ['review', ...onRun, '--limit', '201'],
    ['verdict', '--pair', 'a', 'b'],
    ['verdict', '--pair', 'a', '--verdict', 'same'],
    ['verdict', '--pair', 'a', 'b', '--verdict', 'unsure.'],
    ['verdicts', '--export', 'verdicts.txt'],
    ['export', '--what', 'bins', ...onRun, '--out', 'bins.doc'],
    ['export', '--what', 'atlas', ...onRun, '--out', 'a.parquet', '--neighbours', '101'],
    ['export', '--what', 'encoder', '--out', 'a.onnx'],
    ['export', '--what', 'ledger', ...onRun, '--out', 'a.csv', '--epoch', '0'],
    ['mine', ...onRun, '--out', 'm.csv', '--num-negatives', '0'],
    ['mine', ...onRun, '--out', 'm.csv', '--range-min', '9', '--range-max', '3'],
    ['mine', ...onRun, '--out', 'm.doc'],
    ['train', '--epochs', '0'],
    ['train', '--batch', '1'],
    ['train', '--size', '15'],
    ['train', '--temperature', '0'],
    ['train', '--objective', 'ring', '--ring-outer', '2'],
    ['train', '--objective', 'moco', '--queue-size', '100'],
    ['train', '--objective', 'simclr', '--beta', '1'],
    ['train', '--set', 'temperature=hot'],
    ['train', '--set', 'heat=1'],
    ['train', '--augment', 'cropScaleMin=2'],
    ['train', '--batches', 'nearest'],
    ['train', '--group-size', '4'],
    ['train', '--batches', 'group', '--group-by', 'verdicts'],
    ['train', '--different-rate', '0.5'],
    ['train', '--verdicts', 'mask', '--different-rate', '1.5'],
    ['train', '--augment', 'crop=1'],
    ['train', '--learning-rate', '0'],
    ['train', '--milestones', '0.8,0.6'],
    ['train', '--encoder', 'head'],
    ['train', '--encoder', 'resnet8', '--on', 'starter'],
    ['train', '--views', '1'],
    ['train', '--keep-checkpoints', 'few'],
    ['embed', '--encoder', 'starter', '--preprocess', 'colour=red'],
    ['run', 'note', '1', 'n'.repeat(100_001)],
    ['serve', '--port', '99999'],
    ['serve', '--port', '-1'],
  ])('is told before the library is in use: %s', async (...args) => {
    const { code, said } = await refusal(...args);
    expect(said).not.toContain('in use');
    expect(code).toBe(2);
    expect(said).toMatch(/[^.]\.\n$/);
  });

  it('is told with one full stop', async () => {
    const engine = { call: () => Promise.reject(new Error('no')), on: () => () => undefined };
    const wrong = { engine, pageFolder: null, host: 'no such host.', port: 0 };
    await expect(startServer(wrong)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^Cannot serve on no such host\., port 0: .*[^.]\.$/,
      ) as string,
    });
  });
});

/** Commands with the commands in them, and the program's own options. */
function everyCommand(): Command[] {
  const program = createProgram('1', () => {
    throw new Error('No command runs here.');
  });
  return [program, ...program.commands.flatMap((command) => [command, ...command.commands])];
}

const everyOption = everyCommand().flatMap((command) =>
  command.options.map((option) => [`${command.name()} ${option.flags}`, option, command] as const),
);

/** The help of an option, as people read it. */
function helpOf(command: Command, option: Option): string {
  return command.createHelp().optionDescription(option);
}

describe('the help', () => {
  it.each(everyOption)('says what %s is for', (_, option, command) => {
    expect(helpOf(command, option)).toMatch(/\w{2,}/);
  });

  // From the documents: README, guide and formulas name these values.
  it.each([
    ['map --neighbours <n>', '15'],
    ['map --min-distance <d>', '0.1'],
    ['map --method <name>', '"umap"'],
    ['map --metric <name>', '"cosine"'],
    ['map --seed <number>', '1'],
    ['train --epochs <count>', '30'],
    ['train --batch <count>', '64'],
    ['train --size <pixels>', '32'],
    ['train --views <count>', '8'],
    ['train --encoder <encoder>', '"resnet8"'],
    ['train --objective <objective>', '"simclr"'],
    ['train --keep-checkpoints <count>', '10'],
    ['train --device <device>', '"auto"'],
    ['train --verdicts <use>', '"ignore"'],
    ['train --temperature <number>', 'the objective’s'],
    ['train --learning-rate <number>', 'the recipe’s'],
    ['negatives --temperature <number>', 'the run’s'],
    ['evaluate --k <count>', '5'],
    ['compare --k <count>', '15'],
    ['neighbours -k <count>', '15'],
    ['near-duplicates --threshold <part>', '0.13'],
    ['review --order <order>', '"matter"'],
    ['review --limit <count>', '20'],
    ['export --most <count>', '100'],
    ['export --space <space>', '"h"'],
    ['export --neighbours <count>', '15'],
    ['mine --range-min <count>', '0'],
    ['mine --num-negatives <count>', '3'],
    ['mine --positives-per-anchor <count>', '1'],
    ['mine --sampling-strategy <name>', '"top"'],
    ['mine --output-format <name>', '"triplet"'],
    ['mine --seed <number>', '1'],
    ['serve --host <address>', '"127.0.0.1"'],
  ])('names the default of %s: %s', (flags, value) => {
    const [, option, command] = everyOption.find(([name]) => name === flags) ?? [];
    if (!option || !command) throw new Error(`There is no option ${flags}.`);
    expect(helpOf(command, option)).toContain(`default: ${value}`);
  });
});
