import { describe, expect, it } from 'vitest';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { runEmbedJob } from '../../../src-main/engine/encoders/embed-job.ts';
import { readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { readHistory } from '../../../src-main/engine/store/history.ts';
import { ledgerTotals, readLedger } from '../../../src-main/engine/store/ledger.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

async function trained(change: Partial<TrainInput>) {
  const library = await scannedLibrary();
  const context = testContext({ library, job: 1 });
  await runTrainJob(context, { ...smallTraining, ...change });
  const history = readHistory(library, findRun(library, 1).id).epochMetrics;
  const losses = history.filter(({ name }) => name === 'loss').map(({ value }) => value);
  return { library, context, run: findRun(library, 1), losses };
}

/** The pictures that the ledger of an epoch names as negatives of each picture. */
function recordedBy(library: Library, run: number): number[][] {
  return [...presentSampleIds(library)].map((id) => {
    const epochs = ledgerTotals(library, run, id).map(({ epoch }) => epoch);
    const anchor = readLedger(library, run, epochs.at(-1)!, id)!;
    return Array.from(anchor.negatives.ids);
  });
}

describe('a run against memory banks, on real pictures', () => {
  it('tells pictures apart better and better (ir), and says in the ledger from which', async () => {
    const { library, run, losses } = await trained({
      objective: 'ir',
      settings: { loss: 'info-nce' },
      recipe: 'adam',
      epochs: 6,
    });
    // Guessing among all 96 rows would be log 97, and the first epoch is far from that.
    expect(losses.at(-1)).toBeLessThan(losses[0]! - 3);
    const ids = new Set(presentSampleIds(library));
    for (const negatives of recordedBy(library, run.id)) {
      expect(negatives.length).toBeGreaterThan(8);
      expect(negatives.every((id) => ids.has(id))).toBe(true);
    }
  });

  it('tells lightness and colour of pictures apart better and better (cmc-nce)', async () => {
    const { library, run, losses } = await trained({
      objective: 'cmc-nce',
      recipe: 'adam',
      epochs: 6,
    });
    expect(run).toMatchObject({ objective: 'cmc-nce', encoder: 'resnet8-lab' });
    expect(losses.at(-1)).toBeLessThan(0.9 * losses[0]!);
    for (const negatives of recordedBy(library, run.id))
      expect(negatives.length).toBeGreaterThan(8);
  });

  it('gives lightness and colour an encoder each (cmc-ring), to train and to embed with', async () => {
    const { library, context, run, losses } = await trained({ objective: 'cmc-ring', epochs: 2 });
    expect(run.encoder).toBe('resnet8-lab');
    expect(losses.every(Number.isFinite)).toBe(true);
    const ids = presentSampleIds(library);
    expect(readEmbeddings(library, run.weightsHash!, 'h', ids).dimensions).toBe(2 * 128);
    expect(readEmbeddings(library, run.weightsHash!, 'z', ids).dimensions).toBe(2 * 64);
    const again = await runEmbedJob(context, { encoder: run.id, device: 'cpu' });
    expect(again).toMatchObject({ dimensions: 2 * 128, cached: ids.length });
  });
});
