import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { circles, folderGraph, importGraph, importsWithin } from './import-graph.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'import-graph-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function plant(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

describe('importGraph', () => {
  it('reads imports of values, of types, for effect and at run time, in .ts and .svelte', () => {
    plant({
      'a.ts': "import { b } from './in/b.ts';\nimport './effect.ts';\n",
      'in/b.ts': "import type { C } from './c.ts';\nexport { d } from '../d.ts';\n",
      'in/c.ts': "const d = await import('../d.ts');\n",
      'd.ts': "import { z } from 'zod';\nimport '../outside.ts';\n",
      'effect.ts': '',
      'E.svelte': '<script lang="ts">\n  import {\n    a,\n  } from "./a.ts";\n</script>\n',
      'style.css': "@import './a.ts';\n",
    });
    expect(Object.fromEntries(importGraph(root))).toEqual({
      'E.svelte': ['a.ts'],
      'a.ts': ['effect.ts', 'in/b.ts'],
      'd.ts': [],
      'effect.ts': [],
      'in/b.ts': ['d.ts', 'in/c.ts'],
      'in/c.ts': ['d.ts'],
    });
  });
});

describe('circles', () => {
  it('finds a planted circle of files, through a type too', () => {
    plant({
      'a.ts': "import { b } from './b.ts';\n",
      'b.ts': "import { c } from './in/c.ts';\n",
      'in/c.ts': "import type { A } from '../a.ts';\n",
      'd.ts': "import { a } from './a.ts';\n",
    });
    const graph = importGraph(root);
    expect(circles(graph)).toEqual([['a.ts', 'b.ts', 'in/c.ts']]);
    expect(importsWithin(graph, ['a.ts', 'b.ts', 'in/c.ts'])).toEqual([
      'a.ts imports b.ts',
      'b.ts imports in/c.ts',
      'in/c.ts imports a.ts',
    ]);
  });

  it('finds a planted circle of folders whose files import each other in no circle', () => {
    plant({
      'one/a.ts': "import { b } from '../two/b.ts';\n",
      'one/other.ts': '',
      'two/b.ts': '',
      'two/in/c.ts': "import { b } from '../b.ts';\nimport { other } from '../../one/other.ts';\n",
      'two/d.ts': "import { c } from './in/c.ts';\n",
    });
    const graph = importGraph(root);
    expect(circles(graph)).toEqual([]);
    expect(circles(folderGraph(graph))).toEqual([['one', 'two', 'two/in']]);
  });

  it('finds none where imports go one way, and each of two apart', () => {
    const line = new Map([
      ['a', ['b', 'c']],
      ['b', ['c']],
      ['c', []],
    ]);
    expect(circles(line)).toEqual([]);
    const two = new Map([
      ['a', ['b']],
      ['b', ['a', 'c']],
      ['c', ['d']],
      ['d', ['c']],
    ]);
    expect(circles(two)).toEqual([
      ['c', 'd'],
      ['a', 'b'],
    ]);
  });
});
