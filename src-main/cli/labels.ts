import { basename } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { EngineError } from '../contract/errors/errors.ts';
import type { LabelEdit } from '../contract/labels.ts';
import type { EngineClient } from '../contract/client.ts';
import type { CommandLine, CommandOutput } from './command-line.ts';
import { readText } from './read-text.ts';
import { describeUnmatched, ruleOf } from './scan.ts';
import type { StartCommand } from './start-command.ts';
import { refuseWritten, writeFiles } from './written-files.ts';

interface LabelOptions {
  readonly rule?: string;
  readonly folder?: string;
  readonly conflicts?: boolean;
  readonly set?: string[];
  readonly as?: string[];
  readonly byFolder?: boolean;
  readonly export?: string;
  readonly all?: boolean;
  readonly force?: boolean;
  readonly import?: string;
}

/** Adds the command `labels`. */
export function addLabels(program: Command, start: StartCommand): void {
  program
    .command('labels')
    .description(
      'show what labels the pictures and what the folders suggest; change the rule without a scan; label pictures by hand',
    )
    .option('--rule <rule>', 'change the rule for labels, as in scan --labels')
    .option('--folder <folder>', 'only this scanned folder')
    .option('--conflicts', 'list pictures in folders of different labels, and in several splits')
    .option('--set <pictures...>', 'label these pictures by hand, by path or content hash')
    .option('--as <labels...>', 'the labels that --set gives; none says that there is no label')
    .option('--by-folder', 'with --set: take labels by hand back')
    .option('--export <file>', 'write the labels by hand to a .csv file')
    .option('--all', 'with --export: the labels of all pictures')
    .option('--force', 'with --export: replace an existing file')
    .addOption(
      new Option('--import <file>', 'take the labels of a file as labels by hand').conflicts(
        'export',
      ),
    )
    .action(async (options: LabelOptions, command: Command) => {
      const line = start(command);
      await answer(line, options);
    });
}

/** Options that say something of another one, which must be there. */
const partners = [
  ['as', 'set'],
  ['byFolder', 'set'],
  ['all', 'export'],
  ['force', 'export'],
] as const;

function refuseAlone(options: LabelOptions): void {
  for (const [option, partner] of partners) {
    const given = options[option];
    if (given === undefined || given === false || options[partner] !== undefined) continue;
    const flag = option === 'byFolder' ? 'by-folder' : option;
    throw new EngineError('bad-argument', `--${flag} needs --${partner}.`);
  }
}

async function answer(line: CommandLine, options: LabelOptions): Promise<void> {
  refuseAlone(options);
  const folder = options.folder === undefined ? undefined : line.path(options.folder);
  if (options.rule !== undefined) {
    const rule = ruleOf(line, options.rule, '--rule');
    await line.answer('write', async (engine) => {
      const { unmatched } = await engine.call('labels.setRule', { folder, rule });
      const { json, text } = await showRules(engine, folder);
      return {
        json: { ...json, unmatched },
        text: [text, ...describeUnmatched(unmatched)].join('\n'),
      };
    });
  } else if (options.set !== undefined) {
    await setLabels(line, options.set, options);
  } else if (options.export !== undefined) {
    await exportFile(line, options.export, options);
  } else if (options.import !== undefined) {
    await importFile(line, options.import);
  } else if (options.conflicts === true) {
    await line.answer('read', showConflicts);
  } else {
    await line.answer('read', (engine) => showRules(engine, folder));
  }
}

interface ShownRules extends CommandOutput {
  readonly json: object;
}

async function showRules(engine: EngineClient, folder: string | undefined): Promise<ShownRules> {
  const found = await engine.call('labels.folders', { folder });
  const { labels, unlabelled, splits, labelConflicts } = await engine.call('library.status', {});
  const rows = found.flatMap(({ folder: path, rule, proposal, previews }) => [
    `${path}: ${rule ?? 'not scanned'}; the folders suggest ${proposal.rule}. ${proposal.reason}`,
    ...previews.map(({ rule: one, classes, unlabelled, labels: shown }) => {
      const examples = shown.slice(0, 5).map(({ label, count }) => `${label} (${count})`);
      return `  ${one}: ${classes} labels, ${unlabelled} pictures without${examples.length > 0 ? `: ${examples.join(', ')}` : ''}`;
    }),
  ]);
  return {
    json: { folders: found, labels, unlabelled, splits, labelConflicts },
    text: [
      ...rows,
      `in force: ${labels.length} labels, ${unlabelled} pictures without; splits: ${splits.map(({ split, count }) => `${split} ${count}`).join(', ') || 'none'}; conflicts: ${labelConflicts}`,
    ].join('\n'),
  };
}

async function showConflicts(engine: EngineClient): Promise<CommandOutput> {
  const problems = await engine.call('labels.problems', {});
  const lines = [
    ...problems.conflicts.map(
      ({ labels, paths }) => `no label, ${labels.join(' or ')}: ${paths.join(', ')}`,
    ),
    ...problems.shared.map(
      ({ splits, paths }) => `in the splits ${splits.join(' and ')}: ${paths.join(', ')}`,
    ),
  ];
  return {
    json: problems,
    text: lines.length === 0 ? 'no picture has several labels or splits' : lines.join('\n'),
  };
}

async function setLabels(
  line: CommandLine,
  pictures: readonly string[],
  { as: given = [], byFolder }: Pick<LabelOptions, 'as' | 'byFolder'>,
): Promise<void> {
  const isNone = given.length === 1 && given[0] === 'none';
  const labels = byFolder === true ? null : isNone ? [] : [...given];
  if (labels !== null && given.length === 0) {
    throw new EngineError(
      'bad-argument',
      'Give the labels with --as, or --by-folder to take labels by hand back.',
    );
  }
  if (given.length > 1 && given.includes('none')) {
    throw new EngineError(
      'bad-argument',
      '--as has none beside labels: give either none or the labels.',
    );
  }
  await line.answer('write', async (engine) => {
    const edits: LabelEdit[] = [];
    for (const picture of pictures) {
      const { hash } = await engine.call('anchor.find', { anchor: picture });
      edits.push({ hash, labels });
    }
    await engine.call('labels.edit', { edits });
    return { json: { edits }, text: `${edits.length} pictures labelled` };
  });
}

async function exportFile(
  line: CommandLine,
  given: string,
  { all = false, force = false }: Pick<LabelOptions, 'all' | 'force'>,
): Promise<void> {
  const path = line.path(given);
  await refuseWritten([path], force);
  await line.answer('read', async (engine) => {
    const { text, pictures } = await engine.call('labels.exportFile', { all });
    await writeFiles([{ path, text }], force);
    return { json: { file: given, pictures }, text: `${pictures} pictures written to ${given}` };
  });
}

async function importFile(line: CommandLine, given: string): Promise<void> {
  const text = await readText(line.path(given), given);
  await line.answer('write', async (engine) => {
    const report = await engine.call('labels.importFile', { name: basename(given), text });
    const { changed, unchanged, unmatched } = report;
    const lost = unmatched.count === 0 ? [] : [`  no picture: ${unmatched.examples.join(', ')}`];
    if (changed + unchanged === 0 && unmatched.count > 0) {
      throw new EngineError(
        'not-found',
        `No row of ${given} names one picture of this library, such as ${unmatched.examples[0] ?? ''}. Labels stay as they are.`,
      );
    }
    return {
      json: report,
      text: [
        `${changed} labels changed, ${unchanged} known, ${unmatched.count} rows name no picture`,
        ...lost,
      ].join('\n'),
    };
  });
}
