import { describe, expect, test } from 'vitest';
import { deleteRun, restoreRun } from '../../../src-main/engine/runs/change-run.ts';
import { runPurgeJob } from '../../../src-main/engine/runs/purge-job.ts';
import { saveCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import { saveComparison } from '../../../src-main/engine/store/comparisons.ts';
import { saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { saveEpochMetrics, saveHistory } from '../../../src-main/engine/store/history.ts';
import { saveLedger } from '../../../src-main/engine/store/ledger.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { saveMap } from '../../../src-main/engine/store/maps.ts';
import { saveNeighbours } from '../../../src-main/engine/store/neighbours.ts';
import { createRun, findRun, listRuns, updateRun } from '../../../src-main/engine/store/runs.ts';
import type { Run } from '../../../src-main/engine/store/runs.ts';
import { listVerdicts, saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import { saveViewFeatures } from '../../../src-main/engine/store/view-features.ts';
import { addSamples, temporaryLibrary } from '../store/temporary-library.ts';
import { testContext } from '../training/job-contexts.ts';

const weightsBytes = 300_000;

/** A run with something in every table; each epoch has weights of its own. */
function fullRun(library: Library, name: string, ids: Uint32Array, settings = {}): Run {
  const about = {
    kind: 'trained',
    encoder: 'resnet8',
    objective: 'simclr',
    state: 'done',
  } as const;
  const { id } = createRun(library, { name, ...about, settings });
  const negatives = {
    ...{ ids: Uint32Array.of(1), similarity: Float32Array.of(1), weight: Float32Array.of(1) },
    ...{ share: Float32Array.of(1), met: Uint16Array.of(1), zone: Uint8Array.of(1) },
  };
  for (const epoch of [1, 2]) {
    const weightsHash = `${name}${epoch}`;
    const weights = new Uint8Array(weightsBytes);
    saveCheckpoint(library, { runId: id, epoch, weightsHash, weights, training: null });
    const vectors = { dimensions: 1, vectors: new Float32Array(ids.length) };
    for (const space of ['h', 'z'] as const) {
      saveEmbeddings(library, weightsHash, space, ids, vectors);
    }
    const anchors = Array.from(ids, (sampleId) => ({
      ...{ sampleId, loss: 1, effectiveNegatives: 1, clamped: 0, sameLabelShare: 0, negatives },
    }));
    saveLedger(library, id, epoch, anchors);
    saveHistory(library, id, [{ step: epoch, epoch, loss: 1, clampRate: 0, seconds: 1 }]);
    saveEpochMetrics(library, id, epoch, { knn: 0.5 });
  }
  const last = `${name}2`;
  const k = { k: 1, ids: ids.slice(), similarities: new Float32Array(ids.length) };
  saveNeighbours(library, last, 'h', ids, k);
  const coordinates = new Float32Array(2 * ids.length);
  saveMap(library, last, { parameters: {}, sampleIds: ids, coordinates });
  const views = { encoderHash: last, drawsHash: 'd' };
  saveViewFeatures(library, views, ids, new Float16Array(ids.length));
  // Of a fine-tuning that goes on from the run.
  const frozen = { ...views, encoderHash: `frozen part of ${last}` };
  saveViewFeatures(library, frozen, ids, new Float16Array(ids.length));
  return updateRun(library, id, { weightsHash: last });
}

const tables = [
  ...['runs', 'checkpoints', 'history', 'epochMetrics', 'ledger', 'embeddings', 'neighbours'],
  ...['maps', 'viewFeatures', 'comparisons'],
];

function counts(library: Library): Record<string, unknown> {
  const count = (table: string) =>
    library.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  return Object.fromEntries(tables.map((table) => [table, count(table)]));
}

function libraryOfTwo(): { library: Library; ids: Uint32Array; before: Record<string, unknown> } {
  const library = temporaryLibrary();
  const ids = addSamples(library, ['a.png', 'b.png', 'c.png']);
  fullRun(library, 'kept', ids);
  const before = counts(library);
  fullRun(library, 'gone', ids);
  const key = { first: 'gone2', second: 'kept2', samplesHash: 's', parameters: '{}' };
  saveComparison(library, key, '{}');
  return { library, ids, before };
}

const fileBytes = ({ db }: Library): number =>
  (db.pragma('page_count', { simple: true }) as number) *
  (db.pragma('page_size', { simple: true }) as number);

describe('purging', () => {
  test('deletes all that was the run’s and nothing else, and gives the space back', async () => {
    const { library, before } = libraryOfTwo();
    const gone = findRun(library, 'gone');
    const pair = ['0'.repeat(64), '1'.repeat(64)] as const;
    saveVerdict(library, pair, { verdict: 'same', note: '', runId: gone.id });
    const sizeBefore = fileBytes(library);
    deleteRun(library, 'gone');
    const result = await runPurgeJob(testContext({ library, job: 1 }), {});
    expect(result).toMatchObject({ runs: 1, kept: [] });
    expect(result.bytes).toBeGreaterThan(2 * weightsBytes);
    expect(counts(library)).toEqual(before);
    expect(listVerdicts(library)).toMatchObject([{ verdict: 'same', runId: null }]);
    expect(fileBytes(library)).toBeLessThanOrEqual(sizeBefore - result.bytes);
    expect(() => restoreRun(library, gone.id)).toThrow(`There is no run ${gone.id}`);
    expect(await runPurgeJob(testContext({ library, job: 2 }), {})).toMatchObject({ runs: 0 });
  });

  test('leaves what another run of the same weights needs', async () => {
    const { library } = libraryOfTwo();
    const about = { kind: 'loaded', encoder: 'x', objective: null, settings: {} } as const;
    const twin = createRun(library, { name: 'twin', state: 'done', ...about });
    updateRun(library, twin.id, { weightsHash: 'gone2' });
    deleteRun(library, 'gone');
    await runPurgeJob(testContext({ library, job: 1 }), { runs: ['gone'] });
    expect(counts(library)).toMatchObject({ maps: 2, neighbours: 2, comparisons: 1, runs: 2 });
    // Three pictures in two spaces: of the kept run's two epochs, and of the weights that are shared.
    expect(counts(library)).toMatchObject({ embeddings: 18 });
  });

  test('is cancelled between pieces and gone on with: what was begun cannot be restored', async () => {
    const { library, before } = libraryOfTwo();
    const { id } = findRun(library, 'gone');
    deleteRun(library, id);
    const cancelled = runPurgeJob(testContext({ library, job: 1, cancelAt: 4 }), {});
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(() => restoreRun(library, id)).toThrow('There is no run');
    expect(counts(library)['runs']).toBe(2);
    expect(listRuns(library).map(({ name }) => name)).toEqual(['kept']);
    await runPurgeJob(testContext({ library, job: 2 }), {});
    expect(counts(library)).toEqual(before);
  });

  test('keeps the run that a head was trained on, unless both go', async () => {
    const { library, ids } = libraryOfTwo();
    const { id } = findRun(library, 'gone');
    fullRun(library, 'head', ids, { frozen: { on: id, name: 'gone' } });
    deleteRun(library, id);
    const sentence = /"gone" was kept: "head" was trained on its features/;
    const asked = runPurgeJob(testContext({ library, job: 1 }), { runs: [id] });
    await expect(asked).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringMatching(sentence) as unknown,
    });
    const all = await runPurgeJob(testContext({ library, job: 2 }), {});
    expect(all).toMatchObject({ runs: 0, kept: [expect.stringMatching(sentence)] });
    deleteRun(library, 'head');
    expect(await runPurgeJob(testContext({ library, job: 3 }), {})).toMatchObject({ runs: 2 });
  });

  test('refuses a run that is not deleted', async () => {
    const { library } = libraryOfTwo();
    const purge = (run: string) => runPurgeJob(testContext({ library, job: 1 }), { runs: [run] });
    await expect(purge('kept')).rejects.toThrow('The run "kept" is not deleted; delete it first.');
    await expect(purge('nobody')).rejects.toThrow('There is no run nobody');
  });
});
