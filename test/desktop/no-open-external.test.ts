import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../src-main/desktop');

it('opens no address in another program (point 15 of Electron’s security list)', () => {
  const files = globSync('**/*.ts', { cwd: folder });
  expect(files.length).toBeGreaterThan(10);
  const using = files.filter((file) =>
    readFileSync(join(folder, file), 'utf8').includes('openExternal'),
  );
  expect(using).toEqual([]);
});
