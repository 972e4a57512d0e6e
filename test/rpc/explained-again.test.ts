import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../src-main/engine/engine.ts';
import { fillLibrary } from '../bench/filled-library.ts';
import { openEngine } from '../bench/open-engine.ts';
import { shells } from '../contract/engine-shells.ts';

// Columns of so many numbers are large enough to be named instead of sent again.
const pictures = 5000;
const folder = mkdtempSync(join(tmpdir(), 'negatoscope-again-'));
let engine: Engine;

beforeAll(async () => {
  const file = join(folder, 'library.sqlite');
  fillLibrary(file, pictures, 32);
  engine = await openEngine(file);
});

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

test.each(Object.keys(shells))(
  'an anchor is explained as by the engine itself however knobs are turned, by %s',
  async (name) => {
    const { hashes } = await engine.call('library.samples', {});
    const shell = await shells[name]?.(engine);
    if (!shell) throw new Error(`There is no shell ${name}.`);
    try {
      for (const anchor of [hashes[7], hashes[8], hashes[7]]) {
        for (const ringOuter of [0.3, 0.5, 0.3]) {
          const input = { run: 'bench', anchor: anchor ?? '', ringOuter };
          expect(await shell.client.call('anchor.negatives', input)).toEqual(
            await engine.call('anchor.negatives', input),
          );
        }
      }
    } finally {
      await shell.close();
    }
  },
);
