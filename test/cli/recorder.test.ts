import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emojiFolder } from '../contract/engine-shells.ts';
import { hasNumpy } from '../engine/exchange/independent-readers.ts';
import { parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

interface Expected {
  readonly anchor: string;
  readonly loss: number;
  readonly effectiveNegatives: number;
  /** Path, similarity, share and weight, the largest share first. */
  readonly rows: readonly (readonly [string, number, number, number])[];
}

const root = join(import.meta.dirname, '../..');

describe.runIf(hasNumpy)('a training recorded in Python (needs python3 with numpy)', () => {
  let home: string;
  let expected: Expected;

  const cli = (...args: string[]): Promise<CliResult> =>
    runCli(home, ['--library', join(home, 'emoji.sqlite'), ...args, '--json']);

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'negatoscope recorder '));
    const script = join(root, 'test/fixtures/recorded_training.py');
    const args = [script, join(root, 'docs'), emojiFolder, join(home, 'recorded')];
    expected = JSON.parse(execFileSync('python3', args, { encoding: 'utf8' })) as Expected;
    await cli('scan', emojiFolder);
  });

  afterAll(() => rm(home, { recursive: true, force: true }));

  it('becomes a run with its epochs', async () => {
    const result = await cli('import', join(home, 'recorded'), '--name', 'torch');
    expect(result).toMatchObject({ code: 0 });
    expect(parsed(result)).toMatchObject({
      dimensions: 16,
      matching: { rows: 192, pictures: 96 },
      epochs: [
        { epoch: 1, vectors: 96 },
        { epoch: 2, vectors: 96 },
      ],
      // 40 and 32 anchors in the steps of either epoch.
      ledgerAnchors: 144,
    });
  });

  it('keeps in the ledger which negatives took most of an anchor’s gradient', async () => {
    const { anchor, rows, loss, effectiveNegatives } = expected;
    const ledger = parsed(
      await cli('ledger', '--run', 'torch', '--anchor', anchor, '--epoch', '1'),
    ) as {
      readonly totals: { readonly loss: number; readonly effectiveNegatives: number };
      readonly rows: readonly Record<'path' | 'similarity' | 'share' | 'weight', never>[];
    };
    expect(ledger.totals.loss).toBeCloseTo(loss, 5);
    expect(ledger.totals.effectiveNegatives).toBeCloseTo(effectiveNegatives, 3);
    expect(ledger.rows.map(({ path }) => path)).toEqual(rows.map(([path]) => path));
    for (const [index, [, similarity, share, weight]] of rows.entries()) {
      expect(ledger.rows[index]!.similarity).toBeCloseTo(similarity, 4);
      expect(ledger.rows[index]!.share).toBeCloseTo(share, 4);
      expect(ledger.rows[index]!.weight).toBeCloseTo(weight, 3);
    }
  });
});
