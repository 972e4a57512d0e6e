import { extname } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { EngineClient } from '../contract/client.ts';
import { EngineError } from '../contract/errors/errors.ts';
import { largeGroup } from '../contract/joined-groups.ts';
import { passOn } from '../contract/pass-on.ts';
import type { PassOn } from '../contract/pass-on.ts';
import { verdictFormat } from '../contract/verdict-files.ts';
import type { VerdictFormat } from '../contract/verdict-files.ts';
import { verdictKind } from '../contract/verdicts.ts';
import type { JudgedPicture, VerdictKind } from '../contract/verdicts.ts';
import type { CommandLine, CommandOutput } from './command-line.ts';
import { readText } from './read-text.ts';
import type { StartCommand } from './start-command.ts';
import { refuseWritten, writeFiles } from './written-files.ts';

interface VerdictOptions {
  readonly pair: readonly string[];
  readonly verdict?: VerdictKind;
  readonly remove?: boolean;
  readonly note?: string;
  readonly run?: string;
}

/** Adds the command `verdict`. */
export function addVerdict(program: Command, start: StartCommand): void {
  program
    .command('verdict')
    .description('say whether two pictures show the same thing')
    .requiredOption('--pair <pictures...>', 'two pictures by path or content hash')
    .addOption(new Option('--verdict <verdict>', 'what they are').choices(verdictKind.options))
    .addOption(new Option('--remove', 'take the verdict back').conflicts('verdict'))
    .option('--note <text>', 'why')
    .option('--run <run>', 'the run that made you look')
    .action(async ({ verdict, remove, note, run, ...options }: VerdictOptions, self: Command) => {
      const line = start(self);
      const pair = pairOf(options.pair);
      await line.answer('write', async (engine) => {
        if (remove === true) {
          const removed = await engine.call('verdicts.remove', { pair });
          return { json: removed, text: removed.removed ? 'removed' : 'there was no verdict' };
        }
        if (verdict === undefined) {
          throw new EngineError('bad-argument', 'Give --verdict or --remove.');
        }
        const json = await engine.call('verdicts.set', { pair, verdict, note, run });
        const given = `${json.pair.map(nameOf).join(' and ')}: ${json.verdict}`;
        return { json, text: json.joins ? `${given}\n${joinedWords(json.joins)}` : given };
      });
    });
}

function joinedWords([one, other]: readonly [readonly unknown[], readonly unknown[]]): string {
  return `It joins two groups of ${one.length} and ${other.length} pictures; --remove takes it back.`;
}

interface VerdictsOptions {
  readonly export?: string;
  readonly import?: string;
  readonly force?: boolean;
  readonly passOn?: PassOn;
}

/** Adds the command `verdicts`. */
export function addVerdicts(program: Command, start: StartCommand): void {
  program
    .command('verdicts')
    .description(
      'list verdicts, the groups they make, and contradictions; or write or read a file; or choose how they pass on',
    )
    .option('--export <file>', 'write every verdict to a .csv or .json file')
    .addOption(
      new Option('--import <file>', 'store the verdicts of such a file').conflicts('export'),
    )
    .option('--force', 'with --export: replace an existing file')
    .addOption(
      new Option(
        '--pass-on <how>',
        'whether they count for other pairs too: "pairs", judged pairs only; "groups", pairs with two independent chains of "same"',
      )
        .choices(passOn.options)
        .conflicts(['export', 'import']),
    )
    .action(async (options: VerdictsOptions, command: Command) => {
      const line = start(command);
      if (options.export !== undefined) await writeVerdicts(line, options.export, options.force);
      else if (options.import !== undefined) await readVerdicts(line, options.import);
      else if (options.passOn !== undefined) await setPassOn(line, options.passOn);
      else await line.answer('read', listVerdicts);
    });
}

async function listVerdicts(engine: EngineClient): Promise<CommandOutput> {
  const verdicts = await engine.call('verdicts.list', {});
  const grouped = await engine.call('verdicts.groups', {});
  const rows = verdicts.map(({ pair, verdict, note, time }) => [
    verdict,
    nameOf(pair[0]),
    nameOf(pair[1]),
    time,
    note,
  ]);
  return {
    json: { verdicts, ...grouped },
    text: [
      ['verdict', 'picture', 'other', 'time', 'note'],
      ...rows,
      ...grouped.conflicts.map(({ sentence }) => ['conflict', sentence]),
      [passOnWords[grouped.passOn]],
    ],
  };
}

/** How verdicts pass on, in a sentence. */
const passOnWords: Readonly<Record<PassOn, string>> = {
  pairs: 'Only the judged pairs count (--pass-on groups lets them pass on in firm groups).',
  groups:
    'Verdicts pass on in firm groups: a pair counts as the same where two independent chains of "same" lead from one picture to the other.',
};

async function setPassOn(line: CommandLine, chosen: PassOn): Promise<void> {
  await line.answer('write', async (engine) => {
    const json = await engine.call('verdicts.setPassOn', { passOn: chosen });
    return { json, text: passOnWords[json.passOn] };
  });
}

async function writeVerdicts(
  line: CommandLine,
  given: string,
  isReplaced: boolean | undefined,
): Promise<void> {
  const format = formatOf(given);
  const path = line.path(given);
  await refuseWritten([path], isReplaced);
  await line.answer('read', async (engine) => {
    const { text, verdicts } = await engine.call('verdicts.exportFile', { format });
    await writeFiles([{ path, text }], isReplaced);
    return { json: { file: given, verdicts }, text: `${verdicts} verdicts written to ${given}` };
  });
}

async function readVerdicts(line: CommandLine, given: string): Promise<void> {
  const format = formatOf(given);
  const text = await readText(line.path(given), given);
  await line.answer('write', async (engine) => {
    const report = await engine.call('verdicts.importFile', { text, format });
    const { added, changed, unchanged, older, awaiting, refused, joins, unknownRuns, reasons } =
      report;
    return {
      json: report,
      text: [
        `${added} new, ${changed} changed, ${unchanged} known, ${older} older than the library’s, ${refused} rows skipped`,
        ...(awaiting > 0
          ? [`${awaiting} are on pictures that are not in the library: stored`]
          : []),
        ...(joins > 0
          ? [
              `${joins} join two groups of at least ${largeGroup} pictures: look at them with review --order links`,
            ]
          : []),
        ...(unknownRuns.length > 0 ? [`runs that are not here: ${unknownRuns.join(', ')}`] : []),
        ...reasons.map(({ row, reason }) => `row ${row}: ${reason}`),
      ].join('\n'),
    };
  });
}

/** The format by the file's ending. @throws EngineError bad-argument for another ending */
function formatOf(file: string): VerdictFormat {
  const ending = verdictFormat.safeParse(extname(file).slice(1).toLowerCase());
  if (ending.success) return ending.data;
  throw new EngineError('bad-argument', `A file of verdicts ends in .csv or .json, not "${file}".`);
}

function pairOf([first, second, ...more]: readonly string[]): [string, string] {
  if (first !== undefined && second !== undefined && more.length === 0) return [first, second];
  throw new EngineError('bad-argument', '--pair takes exactly two pictures.');
}

function nameOf({ hash, path }: JudgedPicture): string {
  return path ?? hash.slice(0, 12);
}
