import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ImportResult } from '../../../../src-main/contract/imports.ts';
import { importInput } from '../../../../src-main/contract/imports.ts';
import { checkSpaceForVectors } from '../../../../src-main/engine/exchange/import/space-for-vectors.ts';
import { runImportJob } from '../../../../src-main/engine/exchange/import/import-job.ts';
import { inspectImport } from '../../../../src-main/engine/exchange/import/inspect-import.ts';
import { listCheckpoints } from '../../../../src-main/engine/store/checkpoints.ts';
import { embeddedSampleIds, readEmbeddings } from '../../../../src-main/engine/store/embeddings.ts';
import type { Library } from '../../../../src-main/engine/store/library-file.ts';
import { findRun, listRuns } from '../../../../src-main/engine/store/runs.ts';
import { saveFile } from '../../../../src-main/engine/store/files.ts';
import { saveSample } from '../../../../src-main/engine/store/samples.ts';
import { addSamples, temporaryFolder, temporaryLibrary } from '../../store/temporary-library.ts';
import { testContext } from '../../training/job-contexts.ts';
import { floatsNpy, jsonLines, someVectors, textsNpy, writeNpz } from './written-files.ts';

const pictures = ['cat/1.png', 'cat/2.png', 'dog/1.png', 'dog/3.png', 'dog/deep/4.png', 'café.png'];
const dimensions = 8;

async function importFiles(
  library: Library,
  input: { files: string[] } & Record<string, unknown>,
  cancelAt?: number,
): Promise<ImportResult> {
  const context = testContext({ library, job: 7, ...(cancelAt !== undefined && { cancelAt }) });
  return runImportJob(context, importInput.parse(input));
}

function unit(vectors: Float32Array, row: number): number[] {
  const vector = [...vectors.subarray(row * dimensions, (row + 1) * dimensions)];
  const length = Math.hypot(...vector);
  return vector.map((value) => expect.closeTo(value / length, 6) as number);
}

function rowsFile(
  names: readonly string[],
  vectors: Float32Array,
  extra?: (row: number) => Readonly<Record<string, unknown>>,
): string {
  const file = join(temporaryFolder(), 'cluster.jsonl');
  writeFileSync(file, jsonLines(names, vectors, dimensions, extra));
  return file;
}

function embeddings(library: Library, run: string, ids: Uint32Array): number[] {
  return [...readEmbeddings(library, findRun(library, run).weightsHash ?? '', 'h', ids).vectors];
}

test('finds pictures by hash, by path from any root, and by file name', async () => {
  const library = temporaryLibrary();
  const ids = addSamples(library, pictures);
  const hash = (1).toString(16).padStart(64, '0');
  const names = [
    hash,
    'cat/2.png',
    '/data/train/dog/1.png',
    's3://bucket/animals/dog/3.png?version=2',
    'C:\\other\\4.png',
    'cafe\u0301.png',
  ];
  const vectors = someVectors(names.length, dimensions);
  const result = await importFiles(library, { files: [rowsFile(names, vectors)], name: 'theirs' });
  expect(result).toMatchObject({
    name: 'theirs',
    vectors: 6,
    dimensions,
    epochs: [],
    matching: {
      rows: 6,
      matched: { hash: 1, path: 3, name: 2 },
      problems: [],
      pictures: 6,
      picturesWithout: { count: 0 },
    },
  });
  expect(findRun(library, 'theirs')).toMatchObject({ kind: 'imported', state: 'done', epochs: 0 });
  expect(embeddings(library, 'theirs', ids)).toEqual(names.flatMap((_, row) => unit(vectors, row)));
});

test('says which rows were left out and why, and keeps the others', async () => {
  const library = temporaryLibrary();
  addSamples(library, pictures);
  const names = [
    'cat/1.png',
    'bird/1.png',
    'bird/9.png',
    'cat/1.png',
    'dog/1.png',
    'dog/3.png',
    '',
    'x/4.png',
    'y/4.png',
    'café.png',
  ];
  const vectors = someVectors(names.length, dimensions);
  vectors[4 * dimensions] = NaN;
  vectors.fill(0, 5 * dimensions, 6 * dimensions);
  const file = rowsFile(names, vectors);
  const lines = jsonLines(names, vectors, dimensions).split('\n');
  lines[4] = lines[4]!.replace('null', '1e99');
  lines[9] = JSON.stringify({ path: 'café.png', vector: [1, 2, 3] });
  writeFileSync(file, lines.join('\n'));
  const { matching, vectors: saved } = await importFiles(library, { files: [file] });
  expect(saved).toBe(1);
  const problems = Object.fromEntries(
    matching.problems.map(({ problem, count, examples }) => [
      problem,
      [count, ...examples.map(({ row, note }) => [row, note])],
    ]),
  );
  expect(problems).toEqual({
    ambiguous: [
      3,
      [2, 'fits cat/1.png, dog/1.png'],
      [8, 'another row has the file name of dog/deep/4.png too'],
      [9, 'another row has the file name of dog/deep/4.png too'],
    ],
    'not-found': [1, [3, 'no file of this name']],
    duplicate: [1, [4, 'is cat/1.png again']],
    'no-name': [1, [7, '']],
    'not-finite': [1, [5, '']],
    zero: [1, [6, '']],
    'wrong-dimension': [1, [10, '3 instead of 8']],
  });
  expect(matching.picturesWithout).toMatchObject({ count: 2 });
});

test('the same picture at two paths takes the first of its rows', async () => {
  const library = temporaryLibrary();
  const [id] = addSamples(library, ['a/1.png']);
  const file = { path: 'b/copy.png', sizeBytes: 10, modifiedMs: 5, label: null };
  saveFile(library, { ...file, folderId: 1, sampleId: id!, split: null });
  const vectors = someVectors(2, dimensions);
  const result = await importFiles(library, {
    files: [rowsFile(['b/copy.png', 'a/1.png'], vectors)],
  });
  expect(result.matching.problems).toMatchObject([{ problem: 'duplicate', count: 1 }]);
  expect(embeddings(library, result.name, Uint32Array.of(id!))).toEqual(unit(vectors, 0));
});

test('epochs by a pattern of file names, with one list of paths beside them, counted from 1', async () => {
  const library = temporaryLibrary();
  const ids = addSamples(library, pictures);
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'paths.txt'), pictures.join('\n'));
  const epochs = [0, 1, 10].map((epoch) => someVectors(pictures.length, dimensions, epoch + 2));
  for (const [index, epoch] of [0, 1, 10].entries()) {
    writeFileSync(join(folder, `epoch_${epoch}.npy`), floatsNpy(epochs[index]!, dimensions));
  }
  const result = await importFiles(library, { files: [folder], name: 'epochs' });
  expect(result).toMatchObject({
    mapping: { epoch: 'epoch_{epoch}', paths: join(folder, 'paths.txt') },
    epochs: [1, 2, 11].map((epoch) => ({ epoch, vectors: 6 })),
    remarks: ['Epochs count from 1 here: what the files call epoch 0 is epoch 1.'],
  });
  const run = findRun(library, 'epochs');
  const checkpoints = listCheckpoints(library, run.id);
  expect(checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2, 11]);
  expect(run).toMatchObject({ epochs: 11, weightsHash: checkpoints[2]!.weightsHash });
  for (const [index, { weightsHash }] of checkpoints.entries()) {
    const { vectors } = readEmbeddings(library, weightsHash, 'h', ids);
    expect([...vectors.subarray(0, dimensions)]).toEqual(unit(epochs[index]!, 0));
  }
});

test('epochs by a column, and another pattern where one is given', async () => {
  const library = temporaryLibrary();
  addSamples(library, pictures);
  const names = [...pictures, ...pictures, 'cat/1.png'];
  const vectors = someVectors(names.length, dimensions);
  const epochOf = (row: number): Record<string, unknown> => ({
    epoch: row === 12 ? 2.5 : 1 + Math.floor(row / 6),
  });
  const result = await importFiles(library, { files: [rowsFile(names, vectors, epochOf)] });
  expect(result.epochs).toEqual([1, 2].map((epoch) => ({ epoch, vectors: 6 })));
  expect(result.matching.problems).toMatchObject([{ problem: 'no-epoch', count: 1 }]);
  const folder = join(temporaryFolder(), 'training');
  for (const step of [100, 200]) {
    mkdirSync(join(folder, `step=${step}`), { recursive: true });
    const part = { vectors: floatsNpy(vectors.subarray(0, 48), 8), paths: textsNpy(pictures) };
    writeNpz(join(folder, `step=${step}`, 'part.npz'), part, 0);
  }
  const epoch = 'step={epoch}/';
  const again = await runImportJob(
    testContext({ library, job: 8 }),
    importInput.parse({ files: [folder], epoch, name: 'steps' }),
  );
  expect(again.epochs.map((one) => one.epoch)).toEqual([100, 200]);
});

test('parts without epochs are one run; other dimensions among them are refused', async () => {
  const library = temporaryLibrary();
  addSamples(library, pictures);
  const folder = temporaryFolder();
  for (const [part, first] of [0, 3].entries()) {
    const some = pictures.slice(first, first + 3);
    const arrays = { h: floatsNpy(someVectors(3, 8), 8), paths: textsNpy(some) };
    writeNpz(join(folder, `part-${part}.npz`), arrays, 6);
  }
  expect(await importFiles(library, { files: [folder] })).toMatchObject({ vectors: 6, epochs: [] });
  const other = { h: floatsNpy(someVectors(1, 4), 4), paths: textsNpy(['café.png']) };
  writeNpz(join(folder, 'part-2.npz'), other, 6);
  await expect(importFiles(library, { files: [folder] })).rejects.toThrow(
    'The vectors of part-2.npz have 4 dimensions and those of part-0.npz 8',
  );
});

test('a dry run keeps nothing; a cancelled import leaves nothing; repeated, it has the same hash', async () => {
  const library = temporaryLibrary();
  addSamples(library, pictures);
  const file = rowsFile(pictures, someVectors(pictures.length, dimensions));
  const size = (): unknown => library.db.prepare('SELECT count(*) FROM embeddings').pluck().get();
  expect(await importFiles(library, { files: [file], dryRun: true })).toMatchObject({
    run: null,
    vectors: 6,
  });
  await expect(importFiles(library, { files: [file] }, 2)).rejects.toThrow('cancelled');
  expect([size(), listRuns(library).length]).toEqual([0, 0]);
  const { run } = await importFiles(library, { files: [file], name: 'one' });
  const again = await runImportJob(
    testContext({ library, job: 8 }),
    importInput.parse({ files: [file], name: 'two' }),
  );
  expect(again.run).not.toBe(run);
  expect(findRun(library, 'two').weightsHash).toBe(findRun(library, 'one').weightsHash);
  expect(size()).toBe(6);
});

test('a job that was killed goes on to the same run', async () => {
  const library = temporaryLibrary();
  addSamples(library, pictures);
  const file = rowsFile(pictures, someVectors(pictures.length, dimensions));
  const { run } = await importFiles(library, { files: [file], name: 'one' });
  expect(await importFiles(library, { files: [file], name: 'one' })).toMatchObject({ run });
  expect(listRuns(library)).toHaveLength(1);
});

test('what cannot be imported is refused in a sentence that says what there is', async () => {
  const library = temporaryLibrary();
  const file = rowsFile(['nowhere/1.gif'], someVectors(1, dimensions), () => ({ score: 1 }));
  await expect(importFiles(library, { files: [file] })).rejects.toThrow('has no pictures');
  addSamples(library, pictures);
  const columns = 'It has path (text), vector (list of numbers), score (number).';
  await expect(importFiles(library, { files: [file], vectors: 'h' })).rejects.toThrow(
    `cluster.jsonl has no column h. ${columns}`,
  );
  await expect(importFiles(library, { files: [file], vectors: 'score' })).rejects.toThrow(
    'The column score of cluster.jsonl holds no vectors',
  );
  await expect(importFiles(library, { files: [file], paths: 'url' })).rejects.toThrow(columns);
  await expect(importFiles(library, { files: [file] })).rejects.toThrow(
    'None of the 1 rows is of a picture in this library',
  );
  await expect(importFiles(library, { files: [file], epoch: 'e{epoch}' })).rejects.toThrow(
    'does not fit the pattern e{epoch}',
  );
  const folder = temporaryFolder();
  await expect(importFiles(library, { files: [folder] })).rejects.toThrow('nothing to import');
  const npy = join(folder, 'h.npy');
  writeFileSync(npy, floatsNpy(someVectors(2, 8), 8));
  await expect(importFiles(library, { files: [npy] })).rejects.toThrow(
    'Nothing in h.npy says which pictures its vectors are of. It has array (float32 [2 × 8]).',
  );
  writeFileSync(join(folder, 'h.txt'), 'cat/1.png');
  await expect(importFiles(library, { files: [npy] })).rejects.toThrow(
    'h.npy holds 2 vectors and h.txt 1 names',
  );
  expect(existsSync(npy)).toBe(true);
});

test('a disk without room for the vectors is found out before anything is written', async () => {
  const { file } = temporaryLibrary();
  await checkSpaceForVectors(file, 10, 16);
  // A trillion vectors of 1,024 bytes and the 200 that SQLite takes beside each.
  await expect(checkSpaceForVectors(file, 1e12, 256)).rejects.toMatchObject({
    code: 'disk-full',
    message: expect.stringMatching(/take about 1224000\.0 GB.* free/) as string,
  });
});

test('inspecting gives columns, rows and what would be matched, or what prevents an import', async () => {
  const library = temporaryLibrary();
  addSamples(library, pictures);
  saveSample(library, { hash: 'e'.repeat(64), width: 1, height: 1, format: 'png' });
  const file = rowsFile([...pictures, 'gone.png'], someVectors(7, dimensions));
  expect(await inspectImport(library, { files: [file] })).toMatchObject({
    format: 'jsonl',
    rows: 7,
    dimensions,
    mapping: { vectors: 'vector', hashes: null, paths: 'path', epoch: null },
    checkedRows: 7,
    matching: { matched: { path: 6 }, problems: [{ problem: 'not-found', count: 1 }] },
    obstacle: null,
  });
  expect(await inspectImport(library, { files: [file], vectors: 'h' })).toMatchObject({
    columns: [{ name: 'path' }, { name: 'vector', kind: 'vector', length: dimensions }],
    matching: null,
    obstacle: expect.stringContaining('has no column h') as string,
  });
});

test('keeps only what the library has: embedded ids are those of matched rows', async () => {
  const library = temporaryLibrary();
  const ids = addSamples(library, pictures);
  const file = rowsFile(['dog/1.png', 'cat/2.png'], someVectors(2, dimensions));
  const { name } = await importFiles(library, { files: [file] });
  const { weightsHash } = findRun(library, name);
  expect([...embeddedSampleIds(library, weightsHash ?? '', 'h')]).toEqual([ids[1], ids[2]]);
});
