import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listCheckpoints } from '../../../src-main/engine/store/checkpoints.ts';
import { encoderByName, saveEncoder } from '../../../src-main/engine/store/encoders.ts';
import { readHistory } from '../../../src-main/engine/store/history.ts';
import { ledgerTotals, readLedger, saveLedger } from '../../../src-main/engine/store/ledger.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { migrations, schemaVersion } from '../../../src-main/engine/store/migrate.ts';
import {
  createRun,
  findDeletedRun,
  findRun,
  listRuns,
  updateRun,
} from '../../../src-main/engine/store/runs.ts';
import { changeRule } from '../../../src-main/engine/labels/apply-rule.ts';
import { listFolders } from '../../../src-main/engine/store/folders.ts';
import { saveLabelEdits } from '../../../src-main/engine/store/label-edits.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { readComparison, saveComparison } from '../../../src-main/engine/store/comparisons.ts';
import { listVerdicts, saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import {
  readViewFeatures,
  saveViewFeatures,
} from '../../../src-main/engine/store/view-features.ts';
import { temporaryFolder } from './temporary-library.ts';

const files = join(import.meta.dirname, '../../fixtures/libraries');

/** A copy of a file that this version of the program wrote, opened by the present one. */
function oldLibrary(version: number): Library {
  const file = join(temporaryFolder(), 'library.sqlite');
  copyFileSync(join(files, `version-${version}.sqlite`), file);
  const library = openLibrary(file, { mode: 'write', now: Date.now });
  onTestFinished(() => library.close());
  return library;
}

describe.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('a library of version %i', (version) => {
  test('is brought up to date with all that it held', () => {
    const library = oldLibrary(version);
    expect(schemaVersion(library.db)).toBe(migrations.length);
    expect(library.db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(presentSamples(library).ids).toHaveLength(3);
    const known = ['pixels', 'old', 'recorded', 'cluster'];
    const names = listRuns(library).map(({ name }) => name);
    expect(names).toEqual(known.slice(0, version < 5 ? Math.min(version + 1, 3) : 4));
    const run = findRun(library, 'old');
    expect(run).toMatchObject({ objective: 'hard', epochs: 1, settings: { beta: 1 } });
    expect([...readHistory(library, run.id).losses]).toEqual([2.5]);
  });

  test('takes what it could not hold before', () => {
    const library = oldLibrary(version);
    const { hashes } = presentSamples(library);
    const run = findRun(library, 'old');
    saveLedger(library, run.id, 1, []);
    const judged = { verdict: 'same', note: '', runId: run.id } as const;
    saveVerdict(library, [hashes[1]!, hashes[0]!], judged);
    expect(listVerdicts(library)).toMatchObject([judged]);
    const key = { first: 'a', second: 'b', samplesHash: 'c', parameters: '{}' };
    saveComparison(library, key, '{"kept":1}');
    expect(readComparison(library, key)).toBe('{"kept":1}');
    const fresh = { encoder: 'cluster', objective: null, settings: {}, state: 'done' } as const;
    const imported = createRun(library, { name: 'imported', kind: 'imported', ...fresh });
    expect(imported.id).toBeGreaterThan(run.id);
    const found = { identity: 'i', name: 'loaded', description: {}, selfTest: {} };
    saveEncoder(library, found as Parameters<typeof saveEncoder>[1]);
    expect(encoderByName(library, 'loaded')).toMatchObject(found);
    const views = { encoderHash: 'e', drawsHash: 'd' };
    const vectors = Float16Array.of(1, 0, 0, 1);
    saveViewFeatures(library, views, Uint32Array.of(2), vectors);
    expect(readViewFeatures(library, views, Uint32Array.of(2), 4)).toEqual(vectors);
    expect(() => readViewFeatures(library, views, Uint32Array.of(2), 6)).toThrow('1 pictures');
    const changed = { note: 'kept', tags: ['a'], archived: true };
    expect(updateRun(library, run.id, changed)).toMatchObject({ ...changed, name: 'old' });
    // A deleted run's name is free; that of the others is not.
    updateRun(library, run.id, { deletedAt: 1 });
    expect(createRun(library, { name: 'old', kind: 'imported', ...fresh }).id).not.toBe(run.id);
    expect(() => updateRun(library, run.id, { deletedAt: null })).toThrow('UNIQUE');
  });
});

test('a library of version 2 keeps its ledger', () => {
  const library = oldLibrary(2);
  const run = findRun(library, 'recorded');
  expect(ledgerTotals(library, run.id, 1).map(({ epoch }) => epoch)).toEqual([1]);
  expect(readLedger(library, run.id, 1, 1)).toMatchObject({
    loss: 2.5,
    negatives: { ids: Uint32Array.of(2, 3), share: Float32Array.of(0.75, 0.25) },
  });
});

test('a library of version 3 keeps its verdicts', () => {
  const library = oldLibrary(3);
  expect(listVerdicts(library)).toMatchObject([{ verdict: 'same', createdAt: 3000 }]);
});

test('a library of version 4 keeps its comparisons, and its runs what refers to them', () => {
  const library = oldLibrary(4);
  const key = { first: 'kept', second: 'b', samplesHash: 'c', parameters: '{}' };
  expect(readComparison(library, key)).toBe('{"kept":4}');
  const run = findRun(library, 'recorded');
  expect(ledgerTotals(library, run.id, 1).map(({ epoch }) => epoch)).toEqual([1]);
  library.db.prepare('DELETE FROM runs WHERE id = ?').run(run.id);
  expect(readLedger(library, run.id, 1, 1)).toBeNull();
});

test('a library of version 7 keeps its cached views, and its checkpoints their runs', () => {
  const library = oldLibrary(7);
  const views = { encoderHash: 'base', drawsHash: 'seven' };
  expect(readViewFeatures(library, views, Uint32Array.of(1), 2)).toEqual(Float16Array.of(1, 0));
  const { id } = findRun(library, 'old');
  expect(listCheckpoints(library, id).map(({ epoch }) => epoch)).toEqual([1, 2]);
  expect(findRun(library, id)).toMatchObject({
    note: '',
    tags: [],
    archived: false,
    deletedAt: null,
  });
  library.db.prepare('DELETE FROM runs WHERE id = ?').run(id);
  expect(listCheckpoints(library, id)).toEqual([]);
});

test('a library of version 8 keeps the care of its runs, and its labels and verdicts', async () => {
  const library = oldLibrary(8);
  expect(findRun(library, 'recorded')).toMatchObject({
    note: 'eight',
    tags: ['kept'],
    archived: true,
  });
  expect(findDeletedRun(library, 'gone')).toMatchObject({ deletedAt: 8000 });
  expect(listVerdicts(library)).toMatchObject([{ verdict: 'same', createdAt: 3000 }]);
  // Its labels were the first folders' names; nobody chose that.
  const [folder] = listFolders(library);
  expect(folder).toMatchObject({ labels: 'level:1', isChosen: false });
  expect(presentSamples(library)).toMatchObject({ labels: ['animal-bird'], splits: [] });
  const { hashes } = presentSamples(library);
  const former = saveLabelEdits(library, [{ hash: hashes[0]!, labels: ['bird', 'hen'] }]);
  expect(presentSamples(library).labels).toEqual(['animal-bird', 'bird', 'bird|hen', 'hen']);
  saveLabelEdits(library, former);
  await changeRule(library, folder!, 'none');
  expect(presentSamples(library).labels).toEqual([]);
  expect(listVerdicts(library)).toHaveLength(1);
});

test('a library of version 9 keeps labels by hand, splits, tags and what is left out', () => {
  const library = oldLibrary(9);
  const { labels, splits, hashes } = presentSamples(library);
  expect(labels).toContain('bird|nine');
  expect(splits).toEqual(['test']);
  expect(library.db.prepare('SELECT tag FROM pictureTags').pluck().all()).toEqual(['kept']);
  expect(library.db.prepare('SELECT hash FROM leftOutOfTraining').pluck().get()).toBe(hashes[2]);
});
