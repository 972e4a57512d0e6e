import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tablesWithoutRun } from '../../../src-main/contract/exports.ts';
import type { ExportTable, TableFormat } from '../../../src-main/contract/exports.ts';
import { readRun } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import { readLedger, ledgerSize, saveLedger } from '../../../src-main/engine/store/ledger.ts';
import { latestMap } from '../../../src-main/engine/store/maps.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import {
  duckRows,
  floatsOf,
  hasNumpy,
  numpyAnswer,
  readSafetensors,
  textsOf,
} from './independent-readers.ts';
import { openTrainedLibrary } from './trained-library.ts';
import type { TrainedLibrary } from './trained-library.ts';

let trained: TrainedLibrary;

beforeAll(async () => {
  trained = await openTrainedLibrary();
});

afterAll(async () => {
  await trained.close();
});

async function exported(what: ExportTable, format: TableFormat, more = {}): Promise<string> {
  const file = join(trained.out, `${what}.${format}`);
  const run = tablesWithoutRun.includes(what) ? {} : { run: 1 };
  const status = await trained.write({ what, ...run, format, file, overwrite: true, ...more });
  expect(status.error).toBeNull();
  return file;
}

async function embeddings() {
  const { library } = trained;
  const run = findRun(library, 1);
  const { ids, vectors, dimensions } = await readRun(library, run.name, run.weightsHash ?? '');
  const { hashes, paths, labels, labelIndex } = await trained.engine.call('library.samples', {});
  return {
    ids,
    vectors,
    dimensions,
    hashes,
    paths,
    labels: Array.from(labelIndex, (index) => labels[index] ?? ''),
  };
}

describe('embeddings', () => {
  it('are read by DuckDB from Parquet, CSV and JSON Lines', async () => {
    const { vectors, dimensions, hashes, paths, labels } = await embeddings();
    const parquet = await duckRows(`FROM '${await exported('embeddings', 'parquet')}'`);
    expect(parquet.map(({ hash }) => hash)).toEqual(hashes);
    expect(parquet.map(({ path }) => path)).toEqual(paths);
    expect(parquet.map(({ label }) => label)).toEqual(labels);
    expect(Float32Array.from(parquet.flatMap(({ vector }) => vector as number[]))).toEqual(vectors);
    const csv = await duckRows(`FROM '${await exported('embeddings', 'csv')}'`);
    expect(csv.map(({ path }) => path)).toEqual(paths);
    const columns = Array.from({ length: dimensions }, (_, index) => `vector_${index}`);
    const read = csv.flatMap((row) => columns.map((name) => Number(row[name])));
    expect(Float32Array.from(read)).toEqual(vectors);
    const lines = await duckRows(
      `SELECT path, vector::FLOAT[] AS vector FROM '${await exported('embeddings', 'jsonl')}'`,
    );
    expect(lines.map(({ path }) => path)).toEqual(paths);
    expect(Float32Array.from(lines.flatMap(({ vector }) => vector as number[]))).toEqual(vectors);
  });

  it('say in Parquet where they come from', async () => {
    const file = await exported('embeddings', 'parquet', { space: 'z' });
    const metadata = await duckRows(
      `SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata('${file}')`,
    );
    const source = Object.fromEntries(metadata.map(({ key, value }) => [String(key), value]));
    const run = findRun(trained.library, 1);
    expect(source).toMatchObject({ run: run.name, space: 'z', weightsHash: run.weightsHash });
    const [row] = await duckRows(`SELECT len(vector) AS length FROM '${file}' LIMIT 1`);
    expect(Number(row?.['length'])).toBe(64);
  });

  it.runIf(hasNumpy)('are read by NumPy from .npz and .npy (needs python3-numpy)', async () => {
    const { vectors, dimensions, hashes, paths, labels } = await embeddings();
    const npz = await exported('embeddings', 'npz');
    const npy = await exported('embeddings', 'npy');
    const answer = numpyAnswer(
      `z = np.load(sys.argv[1]); m = np.load(sys.argv[2])
print(json.dumps({'names': sorted(z.files), 'hash': z['hash'].tolist(), 'path': z['path'].tolist(),
  'label': z['label'].tolist(), 'shape': z['vector'].shape, 'type': str(z['vector'].dtype),
  'vector': z['vector'].ravel().tolist(), 'same': bool((z['vector'] == m).all()), 'matrix': m.shape,
  'run': json.loads(str(z['source']))['run']}))`,
      npz,
      npy,
    ) as Record<string, unknown>;
    expect(answer).toMatchObject({
      names: ['hash', 'label', 'path', 'source', 'vector'],
      hash: hashes,
      path: paths,
      label: labels,
      shape: [96, dimensions],
      matrix: [96, dimensions],
      type: 'float32',
      same: true,
      run: 'tiny "é" run',
    });
    expect(Float32Array.from(answer['vector'] as number[])).toEqual(vectors);
    const beside = await duckRows(`FROM '${npy.replace('.npy', '.pictures.csv')}'`);
    expect(beside.map(({ hash }) => hash)).toEqual(hashes);
  });

  it('are read from safetensors', async () => {
    const { vectors, dimensions, hashes, paths } = await embeddings();
    const { tensors, metadata } = readSafetensors(await exported('embeddings', 'safetensors'));
    expect(tensors['vector']).toMatchObject({ dtype: 'F32', shape: [96, dimensions] });
    expect(floatsOf(tensors['vector']!)).toEqual(vectors);
    expect(textsOf(tensors['hash']!)).toEqual(hashes);
    expect(textsOf(tensors['path']!)).toEqual(paths);
    expect(metadata['space']).toBe('h');
  });
});

describe('the map', () => {
  it('has the coordinates in every format', async () => {
    const map = latestMap(trained.library, findRun(trained.library, 1).weightsHash ?? '');
    const coordinates = map?.coordinates ?? new Float32Array(0);
    for (const format of ['parquet', 'csv', 'jsonl'] as const) {
      const rows = await duckRows(`FROM '${await exported('map', format)}'`);
      const read = Float32Array.from(rows.flatMap(({ x, y }) => [Number(x), Number(y)]));
      expect(read).toEqual(coordinates);
    }
    const { tensors } = readSafetensors(await exported('map', 'safetensors'));
    const [xs, ys] = [floatsOf(tensors['x']!), floatsOf(tensors['y']!)];
    expect(Array.from(xs, (x, row) => [x, ys[row]]).flat()).toEqual([...coordinates]);
  });

  it.runIf(hasNumpy)('is a matrix of two columns for NumPy (needs python3-numpy)', async () => {
    const read = numpyAnswer(
      'print(json.dumps(np.load(sys.argv[1]).tolist()))',
      await exported('map', 'npy'),
    ) as number[][];
    const map = latestMap(trained.library, findRun(trained.library, 1).weightsHash ?? '');
    expect(Float32Array.from(read.flat())).toEqual(map?.coordinates);
  });
});

describe('bins', () => {
  it('are what the explanation of each anchor says, in rows of pairs', async () => {
    const rows = await duckRows(
      `SELECT * FROM '${await exported('bins', 'parquet', { most: 0 })}'`,
    );
    expect(rows).toHaveLength(96 * 95);
    const { hashes, paths, ids } = await trained.engine.call('library.samples', {});
    for (const anchor of [0, 41]) {
      const explained = await trained.engine.call('anchor.negatives', {
        run: 1,
        anchor: hashes[anchor]!,
      });
      const own = rows.filter(({ anchor_hash: hash }) => hash === hashes[anchor]);
      const pathOf = new Map(Array.from(ids, (id, index) => [id, paths[index]]));
      expect(own.map(({ candidate_path: path }) => path)).toEqual(
        Array.from(explained.ids, (id) => pathOf.get(id)),
      );
      expect(Float32Array.from(own, ({ share }) => Number(share))).toEqual(explained.share);
      const counts = Object.groupBy(own, ({ bin }) => String(bin));
      for (const [bin, count] of Object.entries(explained.binCounts)) {
        expect(counts[bin]?.length ?? 0).toBe(count);
      }
    }
    const judged = rows.filter(({ judged_same: same }) => same === true);
    expect(judged).toHaveLength(2);
    expect(judged.every(({ bin }) => bin === 'false')).toBe(true);
  });

  it('hold the most similar only, and the chosen columns only', async () => {
    const file = await exported('bins', 'csv', {
      most: 3,
      columns: ['anchor_hash', 'rank', 'bin'],
    });
    const [head = '', ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
    expect(head).toBe('anchor_hash,anchor_path,anchor_label,rank,bin');
    expect(lines).toHaveLength(96 * 3);
  });

  it.runIf(hasNumpy)(
    'point into the list of pictures for NumPy (needs python3-numpy)',
    async () => {
      const parquet = await duckRows(`FROM '${await exported('bins', 'parquet', { most: 2 })}'`);
      const answer = numpyAnswer(
        `z = np.load(sys.argv[1]); r = np.load(sys.argv[2])
print(json.dumps({'candidate': z['path'][z['candidate']].tolist(), 'bin': z['bin'].tolist(),
  'names': r.dtype.names, 'record': [str(r[5]['bin']), float(r[5]['similarity'])],
  'flag': str(z['same_label'].dtype)}))`,
        await exported('bins', 'npz', { most: 2 }),
        await exported('bins', 'npy', { most: 2 }),
      ) as Record<string, unknown>;
      expect(answer['candidate']).toEqual(parquet.map(({ candidate_path: path }) => path));
      expect(answer['bin']).toEqual(parquet.map(({ bin }) => bin));
      expect(answer['flag']).toBe('bool');
      expect(answer['record']).toEqual([parquet[5]!['bin'], parquet[5]!['similarity']]);
      expect(answer['names']).toContain('posterior');
    },
  );
});

describe('the ledger', () => {
  it('has a row for each recorded negative of each anchor and epoch', async () => {
    const { library } = trained;
    const sizes = ledgerSize(library, 1);
    const rows = await duckRows(`FROM '${await exported('ledger', 'parquet')}'`);
    expect(rows).toHaveLength(sizes.reduce((sum, size) => sum + size.rows, 0));
    const { ids, hashes } = await trained.engine.call('library.samples', {});
    const recorded = readLedger(library, 1, 2, ids[7]!)!;
    const own = rows.filter(({ epoch, anchor_hash: hash }) => epoch === 2 && hash === hashes[7]);
    const hashOf = new Map(Array.from(ids, (id, index) => [id, hashes[index]]));
    expect(own.map(({ negative_hash: hash }) => hash)).toEqual(
      Array.from(recorded.negatives.ids, (id) => hashOf.get(id)),
    );
    expect(Float32Array.from(own, ({ share }) => Number(share))).toEqual(recorded.negatives.share);
    expect(own[0]!['anchor_loss']).toBeCloseTo(recorded.loss, 5);
    const second = await duckRows(`FROM '${await exported('ledger', 'jsonl', { epoch: 2 })}'`);
    expect(second).toHaveLength(sizes[1]!.rows);
  });
});

describe('an anchor without a negative in the ledger', () => {
  it('has a row whose fields of a negative are missing', async () => {
    const { library } = trained;
    const { ids } = await trained.engine.call('library.samples', {});
    const none = new Float32Array(0);
    const negatives = {
      ...{ ids: new Uint32Array(0), similarity: none, weight: none, share: none },
      ...{ met: new Uint16Array(0), zone: new Uint8Array(0) },
    };
    const totals = { loss: 1.5, effectiveNegatives: 0, clamped: 1, sameLabelShare: 0 };
    saveLedger(library, 1, 3, [{ sampleId: ids[7]!, ...totals, negatives }]);
    const missing = { rank: null, similarity: null, weight: null, share: null, met: null };
    for (const format of ['parquet', 'csv', 'jsonl'] as const) {
      const rows = await duckRows(`FROM '${await exported('ledger', format, { epoch: 3 })}'`);
      expect(rows).toMatchObject([{ ...missing, zone: null }]);
      expect(Number(rows[0]!['anchor_clamped'])).toBe(1);
    }
    library.query('DELETE FROM ledger WHERE runId = 1 AND epoch = 3').run();
  });
});

describe('verdicts and runs', () => {
  it('come back with their notes and settings', async () => {
    for (const format of ['parquet', 'csv', 'jsonl'] as const) {
      const verdicts = await duckRows(
        `SELECT verdict, note, run, hash_a, hash_b FROM '${await exported('verdicts', format)}' ORDER BY verdict`,
      );
      expect(verdicts).toMatchObject([
        { verdict: 'different', run: 'tiny "é" run' },
        { verdict: 'same', note: 'a, "b"\nc' },
      ]);
      const [run] = await duckRows(`SELECT * FROM '${await exported('runs', format)}'`);
      expect(run).toMatchObject({ name: 'tiny "é" run', encoder: 'resnet8', objective: 'simclr' });
      expect(Number(run!['knn'])).toBeCloseTo(findRun(trained.library, 1).metrics.knn ?? NaN, 12);
    }
  });

  it.runIf(hasNumpy)('are records with text for NumPy (needs python3-numpy)', async () => {
    const answer = numpyAnswer(
      `r = np.load(sys.argv[1]); z = np.load(sys.argv[2])
print(json.dumps([str(r['name'][0]), int(r['run'][0]), sorted(z['note'].tolist()), z['verdict'].tolist()]))`,
      await exported('runs', 'npy'),
      await exported('verdicts', 'npz'),
    );
    const kinds = (await duckRows(`FROM '${await exported('verdicts', 'csv')}'`)).map(
      ({ verdict }) => verdict,
    );
    expect(answer).toEqual(['tiny "é" run', 1, ['', 'a, "b"\nc'], kinds]);
  });
});
