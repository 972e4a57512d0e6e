import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsTable, tableMarks } from './settings-table.ts';

/** `npm run readme`: writes the settings table into the README. */
const file = join(import.meta.dirname, '../../README.md');
const text = readFileSync(file, 'utf8');
const start = text.indexOf(tableMarks.start) + tableMarks.start.length;
const end = text.indexOf(tableMarks.end);
writeFileSync(file, `${text.slice(0, start)}\n\n${settingsTable()}\n\n${text.slice(end)}`);
