import type { Command, Option } from 'commander';
import { createProgram } from '../../src-main/cli/program.ts';
import { markdownTable } from './markdown-table.ts';

const head = `# The command line

\`npx negatoscope COMMAND\`. This page holds what \`--help\` says of every command; \`npm run docs\` writes it. What the
settings of objectives mean is in [objectives.md](objectives.md) too.`;

/** docs/cli.md: every command with its arguments and options, from the program's own help. */
export function commandsDocument(): string {
  const program = createProgram('', () => {
    throw new Error('No command runs while its help is written down.');
  });
  const commands = program.commands.flatMap((command) => [command, ...command.commands]);
  return [
    head,
    '## Which commands are there?',
    markdownTable(
      ['Command', 'What it does'],
      commands.map((command) => [linkTo(command), command.description()]),
    ),
    '## Which options does every command have?',
    optionsList(program),
    ...commands.map(sectionOf),
  ].join('\n\n');
}

function sectionOf(command: Command): string {
  const help = command.createHelp();
  const parts = [`## ${nameOf(command)}`, sentence(command.description())];
  parts.push(`\`\`\`text\n${help.commandUsage(command)}\n\`\`\``);
  const args = help
    .visibleArguments(command)
    .map((one) => `- \`${one.name()}\`: ${help.argumentDescription(one)}`);
  if (args.length > 0) parts.push(args.join('\n'));
  if (ownOptions(command).length > 0) parts.push(optionsList(command));
  return parts.join('\n\n');
}

/** Those that not every command has. */
function ownOptions(command: Command): Option[] {
  const everywhere = command.parent ? ['--library', '--json', '--help'] : [];
  const options = command.createHelp().visibleOptions(command);
  return options.filter(({ long }) => !everywhere.includes(long ?? ''));
}

function optionsList(command: Command): string {
  const help = command.createHelp();
  return ownOptions(command)
    .map((option) => `- \`${help.optionTerm(option)}\`: ${help.optionDescription(option)}`)
    .join('\n');
}

/** With the command that it is a part of: \`run rename\`. */
function nameOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${parent.name()} ${command.name()}` : command.name();
}

function linkTo(command: Command): string {
  const name = nameOf(command);
  return `[\`${name}\`](#${name.replaceAll(' ', '-')})`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
