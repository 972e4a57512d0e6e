import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, textOf } from './documents.ts';

describe('docs/architecture.md', () => {
  const named = [...textOf('docs/architecture.md').matchAll(/^\| `([^`]+)\/`/gm)].map(
    ([, folder = '']) => folder,
  );

  it.each(['src-main', 'src-main/engine', 'src-renderer'])('names every folder of %s', (parent) => {
    const folders = readdirSync(join(root, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'public')
      .map(({ name }) => name);
    const isNamed = (name: string): boolean =>
      named.includes(name) || named.includes(`${parent}/${name}`);
    expect(folders.filter((name) => !isNamed(name))).toEqual([]);
  });

  it('names every table of a library', () => {
    const migrations = join(root, 'src-main/engine/store/migrations');
    const schema = readdirSync(migrations)
      .sort()
      .map((file) => textOf(join('src-main/engine/store/migrations', file)))
      .join('\n');
    const created = [...schema.matchAll(/^CREATE TABLE (\w+)/gm)].map(([, table = '']) => table);
    const renamed = [...schema.matchAll(/^ALTER TABLE (\w+) RENAME/gm)].map(([, name]) => name);
    const tables = created.filter((table) => !renamed.includes(table));
    const text = textOf('docs/architecture.md');
    expect(tables.length).toBeGreaterThan(15);
    expect(tables.filter((table) => !text.includes(`| \`${table}\``))).toEqual([]);
  });

  it.each(['a picture', 'a click', 'a training step'])('leads %s through a folder once', (what) => {
    const text = textOf('docs/architecture.md');
    const section = text.slice(text.indexOf(`## How does ${what} get`)).split('\n## ', 1)[0] ?? '';
    const folders = [...section.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, folder = '']) => folder);
    expect(folders.length).toBeGreaterThan(8);
    expect(folders).toEqual([...new Set(folders)]);
    expect(folders.filter((folder) => !existsSync(join(root, folder)))).toEqual([]);
  });
});
