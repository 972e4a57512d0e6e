import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import packageDescription from '../../package.json' with { type: 'json' };
import { createProgram } from '../../src-main/cli/program.ts';
import { documents, textOf } from './documents.ts';

const program = createProgram('', () => {
  throw new Error('No command runs here.');
});

describe.each(documents)('%s', (document) => {
  const text = textOf(document);

  it('names npm scripts that there are', () => {
    const named = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !(script in packageDescription.scripts))).toEqual([]);
  });

  it('shows commands and options that there are', () => {
    const lines = [...text.matchAll(/npx negatoscope ([a-z][^\n`#|]*)/g)];
    expect(lines.map(([, line = '']) => faultOf(line)).filter((fault) => fault !== null)).toEqual(
      [],
    );
  });
});

/** What an example says that the program does not know; null where it knows all of it. */
function faultOf(line: string): string | null {
  const words = line.trim().split(/\s+/);
  const command = commandOf(words, program);
  if (command === program) return line;
  const known = [...command.options, ...program.options].flatMap(({ long, negate }) =>
    negate ? [long, long?.replace('--no-', '--')] : [long],
  );
  const options = words.filter((word) => word.startsWith('--')).map((word) => word.split('=')[0]);
  return options.every((option) => option === '--help' || known.includes(option)) ? null : line;
}

function commandOf([word, ...rest]: readonly string[], from: Command): Command {
  const found = from.commands.find((command) => command.name() === word);
  return found ? commandOf(rest, found) : from;
}
