import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { commandsDocument } from './commands-document.ts';
import { settingsTable } from './settings-table.ts';
import { trainingTables } from './training-tables.ts';

const root = join(import.meta.dirname, '../..');

/** What each document becomes, from what it is. */
const documents: Readonly<Record<string, (text: string) => string>> = {
  'docs/cli.md': commandsDocument,
  'docs/objectives.md': (text) =>
    withPart(withPart(text, 'settings', settingsTable()), 'training', trainingTables()),
};

export const generatedDocs = Object.keys(documents);

/** A document as the app's own tables and commands give it, and as Prettier formats it. */
export async function generated(document: string): Promise<{ file: string; text: string }> {
  const file = join(root, document);
  const text = await readFile(file, 'utf8').catch(() => '');
  const written = documents[document]?.(text) ?? text;
  const options = { ...(await resolveConfig(file)), filepath: file };
  return { file, text: await format(written, options) };
}

/** The text with other contents between the two comments that surround the part of that name. */
function withPart(text: string, name: string, contents: string): string {
  const marks = {
    start: `<!-- generated: ${name} (npm run docs) -->`,
    end: `<!-- end of generated: ${name} -->`,
  };
  const start = text.indexOf(marks.start) + marks.start.length;
  const end = text.indexOf(marks.end);
  if (start < marks.start.length || end < start) throw new Error(`There is no part "${name}".`);
  return `${text.slice(0, start)}\n\n${contents}\n\n${text.slice(end)}`;
}
