import { describe, expect, test } from 'vitest';
import { runSummary } from '../../../src-main/contract/runs.ts';
import {
  latestCheckpoint,
  listCheckpoints,
  readCheckpoint,
  saveCheckpoint,
} from '../../../src-main/engine/store/checkpoints.ts';
import { saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import {
  readHistory,
  saveEpochMetrics,
  saveHistory,
} from '../../../src-main/engine/store/history.ts';
import {
  createRun,
  findRun,
  freeRunName,
  runSummaries,
  updateRun,
  type NewRun,
} from '../../../src-main/engine/store/runs.ts';
import { addSamples, temporaryLibrary } from './temporary-library.ts';

const simclr: NewRun = {
  name: 'simclr',
  kind: 'trained',
  encoder: 'resnet8',
  objective: 'simclr',
  settings: { temperature: 0.5 },
  state: 'training',
};

describe('runs', () => {
  test('are found by number or name, and an unknown one names those there are', () => {
    const library = temporaryLibrary();
    expect(() => findRun(library, 'ring')).toThrow('has no runs yet');
    const run = createRun(library, simclr);
    expect(findRun(library, run.id)).toEqual(run);
    expect(findRun(library, String(run.id))).toEqual(run);
    expect(findRun(library, 'simclr')).toEqual(run);
    expect(() => findRun(library, 'ring')).toThrow(
      `There is no run ring; this library has ${run.id} (simclr).`,
    );
    const digits = createRun(library, { ...simclr, name: '1' });
    expect(findRun(library, '1').id).toBe(digits.id);
  });

  test('keep one name each', () => {
    const library = temporaryLibrary();
    createRun(library, simclr);
    expect(() => createRun(library, simclr)).toThrow('a run named "simclr" already');
    expect(freeRunName(library, 'simclr')).toBe('simclr 2');
    expect(freeRunName(library, 'ring')).toBe('ring');
  });

  test('change column by column, and are summed up as the contract says', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, ['a.png']);
    const { id } = createRun(library, simclr);
    updateRun(library, id, { device: 'cpu', epochs: 3 });
    const run = updateRun(library, id, {
      state: 'done',
      loss: 1.5,
      metrics: { knn: 0.5 },
      weightsHash: 'w',
    });
    expect(run).toMatchObject({ device: 'cpu', epochs: 3, loss: 1.5, metrics: { knn: 0.5 } });
    saveEmbeddings(library, 'w', 'h', ids, { dimensions: 1, vectors: Float32Array.of(1) });
    const [summary] = runSummaries(library, { archived: false, deleted: false });
    expect(runSummary.parse(summary)).toEqual(summary);
    expect(summary).toMatchObject({
      run: id,
      settings: { temperature: 0.5 },
      created: '1970-01-01T00:00:01.001Z',
      embedded: true,
      mapped: false,
      note: '',
      tags: [],
      archived: false,
      deleted: null,
    });
  });
});

describe('checkpoints', () => {
  test('keep weights of every epoch and training state of the last', () => {
    const library = temporaryLibrary();
    const { id: runId } = createRun(library, simclr);
    for (const epoch of [1, 2]) {
      saveCheckpoint(library, {
        runId,
        epoch,
        weightsHash: `w${epoch}`,
        weights: Uint8Array.of(epoch),
        training: Uint8Array.of(10 + epoch),
      });
    }
    expect(latestCheckpoint(library, runId)).toMatchObject({
      epoch: 2,
      weights: Buffer.from([2]),
      training: Buffer.from([12]),
    });
    expect(listCheckpoints(library, runId)).toEqual([
      { epoch: 1, weightsHash: 'w1' },
      { epoch: 2, weightsHash: 'w2' },
    ]);
    expect(readCheckpoint(library, runId, 1)?.weights).toEqual(Buffer.from([1]));
    expect(readCheckpoint(library, runId, 7)).toBeNull();
    expect(
      library.db.prepare('SELECT count(*) FROM checkpoints WHERE training IS NULL').pluck().get(),
    ).toBe(1);
  });

  test('need a run', () => {
    const library = temporaryLibrary();
    const weights = new Uint8Array(1);
    expect(() =>
      saveCheckpoint(library, { runId: 9, epoch: 1, weightsHash: 'w', weights, training: null }),
    ).toThrow('FOREIGN KEY');
  });
});

test('precision at 20 is read where an older version stored it as falseNegativeRate', () => {
  const library = temporaryLibrary();
  const { id } = createRun(library, simclr);
  library
    .query('UPDATE runs SET metrics = ? WHERE id = ?')
    .run('{"knn":0.5,"falseNegativeRate":0.25}', id);
  library
    .query('INSERT INTO epochMetrics (runId, epoch, name, value) VALUES (?, 1, ?, 0.125)')
    .run(id, 'falseNegativeRate');
  const metrics = { knn: 0.5, precisionAt20: 0.25 };
  expect(findRun(library, id).metrics).toEqual(metrics);
  expect(runSummaries(library, { archived: false, deleted: false })).toMatchObject([{ metrics }]);
  const [recorded] = readHistory(library, id).epochMetrics;
  expect(recorded).toEqual({ epoch: 1, name: 'precisionAt20', value: 0.125 });
});

describe('history', () => {
  test('comes back as columns by step, repeated steps once', () => {
    const library = temporaryLibrary();
    const { id } = createRun(library, simclr);
    const step = { epoch: 0.5, clampRate: 0.25, seconds: 1 };
    saveHistory(library, id, [
      { ...step, step: 2, loss: 9 },
      { ...step, step: 1, loss: 4 },
    ]);
    saveHistory(library, id, [{ ...step, step: 2, loss: 3 }]);
    saveEpochMetrics(library, id, 1, { knn: 0.5, precisionAt20: 0.25 });
    expect(readHistory(library, id)).toEqual({
      steps: Uint32Array.of(1, 2),
      epochs: Float32Array.of(0.5, 0.5),
      seconds: Float32Array.of(1, 1),
      losses: Float32Array.of(4, 3),
      clampRates: Float32Array.of(0.25, 0.25),
      epochMetrics: [
        { epoch: 1, name: 'knn', value: 0.5 },
        { epoch: 1, name: 'precisionAt20', value: 0.25 },
      ],
    });
  });
});
