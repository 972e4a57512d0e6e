import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsTable, tableMarks } from './settings-table.ts';
import { trainingMarks, trainingTables } from './training-tables.ts';

/** `npm run readme`: writes the tables of settings into the README. */
const file = join(import.meta.dirname, '../../README.md');

function replaced(text: string, marks: typeof tableMarks, tables: string): string {
  const start = text.indexOf(marks.start) + marks.start.length;
  const end = text.indexOf(marks.end);
  return `${text.slice(0, start)}\n\n${tables}\n\n${text.slice(end)}`;
}

const withSettings = replaced(readFileSync(file, 'utf8'), tableMarks, settingsTable());
writeFileSync(file, replaced(withSettings, trainingMarks, trainingTables()));
