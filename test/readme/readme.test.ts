import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageDescription from '../../package.json' with { type: 'json' };
import { settingsTable } from './settings-table.ts';
import { trainingTables } from './training-tables.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('the README', () => {
  it.each([
    ['every setting of every objective', settingsTable()],
    ['every way to make views and to move weights', trainingTables()],
  ])('holds %s as the app has it (npm run readme)', (_what, tables) => {
    // Prettier aligns the columns of the file.
    const cells = (text: string): string => text.replaceAll(/-{3,}/g, '---').replaceAll(/ +/g, ' ');
    expect(cells(readme)).toContain(cells(tables));
  });

  it('shows pictures and files that are there', () => {
    const targets = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1]!);
    expect(targets.length).toBeGreaterThan(2);
    expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });

  it('names npm scripts that there are', () => {
    const named = [...readme.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map((match) => match[1]!);
    const missing = named.filter((script) => !(script in packageDescription.scripts));
    expect(missing).toEqual([]);
  });
});
