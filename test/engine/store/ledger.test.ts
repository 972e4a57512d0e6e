import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPictureNumbers } from '../../../src-main/engine/explain/read-picture-numbers.ts';
import { saveCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import {
  hasLedger,
  ledgerEpoch,
  ledgerSize,
  ledgerTotals,
  readLedger,
  saveLedger,
} from '../../../src-main/engine/store/ledger.ts';
import type { LedgerAnchor } from '../../../src-main/engine/store/ledger.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { createRun } from '../../../src-main/engine/store/runs.ts';
import { addSamples, temporaryFolder, temporaryLibrary } from './temporary-library.ts';

function trainedRun(library: Library): number {
  const run = createRun(library, {
    name: 'mine',
    kind: 'trained',
    encoder: 'resnet8',
    objective: 'simclr',
    settings: {},
    state: 'training',
  });
  return run.id;
}

/** Different in every column, so that a column taken for another is noticed. */
function anchorOf(sampleId: number, count: number): LedgerAnchor {
  const column = (value: (index: number) => number) =>
    Array.from({ length: count }, (_, k) => value(k));
  return {
    sampleId,
    loss: 1.5,
    effectiveNegatives: 12.25,
    clamped: 0.5,
    sameLabelShare: -0.125,
    negatives: {
      ids: Uint32Array.from(column((k) => sampleId + k + 1)),
      similarity: Float32Array.from(column((k) => 1 / (k + 2))),
      weight: Float32Array.from(column((k) => k + 0.5)),
      share: Float32Array.from(column((k) => (k % 2 ? -1 : 1) / (k + 3))),
      met: Uint16Array.from(column((k) => 4 + k)),
      zone: Uint8Array.from(column((k) => k % 3)),
    },
  };
}

function saveEpoch(library: Library, runId: number, epoch: number, anchors: LedgerAnchor[]): void {
  const [weights, training] = [new Uint8Array(1), null];
  saveCheckpoint(library, { runId, epoch, weightsHash: `${epoch}`, weights, training });
  saveLedger(library, runId, epoch, anchors);
}

describe('ledger', () => {
  test('gives back what was recorded of an anchor, by epoch', () => {
    const library = temporaryLibrary();
    const [first = 0, second = 0] = addSamples(library, ['a/1.png', 'a/2.png', 'b/3.png']);
    const run = trainedRun(library);
    expect(hasLedger(library, run)).toBe(false);
    saveEpoch(library, run, 1, [anchorOf(first, 7)]);
    saveEpoch(library, run, 2, [anchorOf(first, 0), anchorOf(second, 3)]);
    expect(hasLedger(library, run)).toBe(true);
    expect(ledgerTotals(library, run, first).map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(ledgerTotals(library, run, second).map(({ epoch }) => epoch)).toEqual([2]);
    expect(readLedger(library, run, 1, first)).toEqual(anchorOf(first, 7));
    expect(readLedger(library, run, 2, first)).toEqual(anchorOf(first, 0));
    expect(readLedger(library, run, 1, second)).toBeNull();
  });

  test('tells the share of synthetic negatives, which are no pictures', () => {
    const library = temporaryLibrary();
    const [first = 0, second = 0, third = 0] = addSamples(library, ['1.png', '2.png', '3.png']);
    const run = trainedRun(library);
    const judgedDifferent = Uint8Array.of(1, 0, 1);
    const marked = anchorOf(second, 3);
    const anchors = [
      { ...anchorOf(first, 7), syntheticShare: 0.625 },
      { ...marked, syntheticShare: 0, negatives: { ...marked.negatives, judgedDifferent } },
      { ...anchorOf(third, 0), syntheticShare: 1 },
    ];
    saveEpoch(library, run, 1, anchors);
    expect([first, second, third].map((id) => readLedger(library, run, 1, id))).toEqual(anchors);
    expect([...ledgerEpoch(library, run, 1)]).toEqual(anchors);
    // An anchor without a picture among its negatives is one row too.
    expect(ledgerSize(library, run)).toEqual([{ epoch: 1, rows: 7 + 3 + 1 }]);
  });

  test('sums up the last recorded epoch by picture', () => {
    const library = temporaryLibrary();
    const [first = 0, second = 0] = addSamples(library, ['a/1.png', 'a/2.png', 'b/3.png']);
    const run = trainedRun(library);
    const nothing = new Float32Array();
    expect(readPictureNumbers(library, run)).toMatchObject({ epoch: null, loss: nothing });
    saveEpoch(library, run, 1, [anchorOf(first, 7), anchorOf(second, 7)]);
    saveEpoch(library, run, 2, [anchorOf(second, 0)]);
    saveEpoch(library, run, 12, [anchorOf(second, 0), { ...anchorOf(first, 3), loss: 4 }]);
    expect(readPictureNumbers(library, run)).toEqual({
      epoch: 12,
      ids: Uint32Array.of(first, second),
      loss: Float32Array.of(4, 1.5),
      hardness: Float32Array.of((1 / 2 + 1 / 3 + 1 / 4) / 3, NaN),
      effectiveNegatives: Float32Array.of(12.25, 12.25),
      sameLabelShare: Float32Array.of(-0.125, -0.125),
    });
    // A positive of the loss is no negative whose hardness counts.
    const { negatives, ...totals } = anchorOf(first, 3);
    const zone = Uint8Array.of(3, 0, 2);
    saveEpoch(library, run, 13, [{ ...totals, negatives: { ...negatives, zone } }]);
    expect(readPictureNumbers(library, run).hardness[0]).toBeCloseTo((1 / 3 + 1 / 4) / 2, 6);
  });

  test('takes fewer than 100 bytes of a real file for each recorded negative', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'library.sqlite');
    const size = (): number => {
      const library = openLibrary(file, { mode: 'write', now: Date.now });
      library.db.exec('VACUUM');
      library.close();
      return statSync(file).size;
    };
    const library = openLibrary(file, { mode: 'write', now: Date.now });
    const paths = Array.from({ length: 300 }, (_, picture) => `a/${picture}.png`);
    const ids = addSamples(library, paths);
    const run = trainedRun(library);
    library.close();
    for (const [epoch, negatives] of [32, 5, 64].entries()) {
      const begun = size();
      const again = openLibrary(file, { mode: 'write', now: Date.now });
      saveEpoch(
        again,
        run,
        epoch + 1,
        Array.from(ids, (id) => anchorOf(id, negatives)),
      );
      again.close();
      const bytes = (size() - begun) / (300 * negatives);
      expect(bytes, `${negatives} negatives an anchor`).toBeLessThan(100);
      expect(bytes, `${negatives} negatives an anchor`).toBeGreaterThan(19);
    }
  });
});
