import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { importsIn } from '../../packaging/check/imports-in.ts';
import { unresolvedImports } from '../../packaging/check/unresolved-imports.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';

function plant(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

test('imports of every kind are seen, and whether a failure is caught', () => {
  const text = `
    import a from './a.js';
    export { b } from 'b';
    export * from "c";
    const later = () => import('./d.js');
    const e = require('e');
    const f = createRequire(import.meta.url).resolve('f');
    try { createRequire(import.meta.url)('g'); } catch { }
    try { __require('h'); } finally { }
    const comment = "import x from 'not-this'"; // require('nor-this')
    const computed = require(name);
    other.require('nor-that');
  `;
  const found = importsIn('x.js', text).map((one) => [one.kind, one.specifier, one.isTried]);
  expect(found).toEqual([
    ['import', './a.js', false],
    ['import', 'b', false],
    ['import', 'c', false],
    ['import', './d.js', false],
    ['require', 'e', false],
    ['require', 'f', false],
    ['require', 'g', true],
    ['require', 'h', false],
  ]);
});

test('what leads nowhere or out of the folder is told, through the packages that are reached', () => {
  const root = temporaryFolder();
  const folder = join(root, 'app');
  plant(root, {
    'node_modules/outside/package.json': '{"name":"outside","main":"main.js"}',
    'node_modules/outside/main.js': '',
    'app/package.json': '{"type":"module"}',
    'app/start.js': `
      import './there.js';
      import 'inside';
      import 'outside';
      import 'node:fs';
      import('./not-there.js');
      try { await import('optional'); } catch { }
      import 'allowed';
    `,
    'app/there.js': '',
    'app/node_modules/inside/package.json': '{"name":"inside","main":"main.js"}',
    'app/node_modules/inside/main.js': "require('./deep.js'); require('fs');",
    'app/node_modules/inside/deep.js': "require('of-inside');",
    'app/node_modules/inside/never-reached.js': "require('nobody-asks');",
  });
  const checked = unresolvedImports({ folder, node: process.execPath, allowed: ['allowed'] });
  expect(checked.missing).toEqual([
    `start.js: outside is found outside, at ${join(root, 'node_modules/outside/main.js')}`,
    'start.js: ./not-there.js is not found',
    `${join('node_modules', 'inside', 'deep.js')}: of-inside is not found`,
  ]);
  expect(checked).toMatchObject({ files: 4, imports: 10 });
});
