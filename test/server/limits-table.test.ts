import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { serverLimits } from '../../src-main/server/limits.ts';

const document = readFileSync(join(import.meta.dirname, '../../docs/security.md'), 'utf8');

/** A limit as the document writes it, by the unit in its name. */
function written(name: string, value: number): string {
  if (name.endsWith('Ms')) return `${value / 1000} s`;
  if (!name.endsWith('Bytes')) return value.toLocaleString('en');
  return value < 1024 ** 2 ? `${value / 1024} KB` : `${value / 1024 ** 2} MB`;
}

it('the document has each limit of the server, and no other', () => {
  const rows = document.matchAll(/^\|[^|]*\| *([^|]*?) *\|[^|]*\| *`(\w+)` *\|$/gm);
  const stated = Object.fromEntries<string>(
    [...rows].map((row) => [row[2] ?? '', row[1] ?? ''] as const),
  );
  const meant = Object.entries<number>({ ...serverLimits }).map(([name, value]) => [
    name,
    written(name, value),
  ]);
  expect(stated).toEqual(Object.fromEntries(meant));
});
