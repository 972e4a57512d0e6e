import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import textformat from 'protobufjs/ext/textformat.js';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  ExportAtlasResult,
  ExportProjectorResult,
} from '../../../src-main/contract/exports.ts';
import { exportProjectorInput } from '../../../src-main/contract/exports.ts';
import { runExportProjectorJob } from '../../../src-main/engine/exchange/viewers/export-projector-job.ts';
import { readRun } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import { spriteGrid } from '../../../src-main/engine/exchange/viewers/sprite.ts';
import { latestMap } from '../../../src-main/engine/store/maps.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { emojiFolder } from '../../contract/engine-shells.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { testContext } from '../training/job-contexts.ts';
import { duckRows, hasNumpy, numpyAnswer } from './independent-readers.ts';
import { openTrainedLibrary } from './trained-library.ts';
import type { TrainedLibrary } from './trained-library.ts';

/** The part of TensorBoard's projector_config.proto that concerns files. */
const projectorConfigType = protobuf
  .parse(
    `syntax = "proto3";
    message SpriteMetadata { string image_path = 1; repeated uint32 single_image_dim = 2; }
    message EmbeddingInfo {
      string tensor_name = 1; string metadata_path = 2; repeated uint32 tensor_shape = 4;
      SpriteMetadata sprite = 5; string tensor_path = 6;
    }
    message ProjectorConfig { repeated EmbeddingInfo embeddings = 2; }`,
  )
  .root.lookupType('ProjectorConfig');

let trained: TrainedLibrary;
let hashes: readonly string[];
let paths: readonly string[];

beforeAll(async () => {
  trained = await openTrainedLibrary();
  ({ hashes, paths } = await trained.engine.call('library.samples', {}));
});

afterAll(async () => {
  await trained.close();
});

async function vectorsOfRun(): Promise<Float32Array> {
  const { name, weightsHash } = findRun(trained.library, 1);
  return (await readRun(trained.library, name, weightsHash ?? '')).vectors;
}

describe('the folder for TensorBoard’s projector', () => {
  let folder: string;
  let result: ExportProjectorResult;

  beforeAll(async () => {
    folder = join(trained.out, 'projector');
    const input = { run: 1, folder, anchor: hashes[7]! };
    const status = await runToState(trained.engine, 'exportProjector', input);
    expect(status.error).toBeNull();
    result = status.result as ExportProjectorResult;
  });

  it('has the files that its configuration names, in protobuf’s text format', async () => {
    const names = ['projector_config.pbtxt', 'vectors.tsv', 'metadata.tsv', 'sprite.png'];
    expect(result).toMatchObject({ pictures: 96, tile: 64, remarks: [] });
    expect(result.files.map(({ path }) => path)).toEqual(names.map((name) => join(folder, name)));
    expect((await readdir(folder)).sort()).toEqual(names.toSorted());
    const text = await readFile(join(folder, 'projector_config.pbtxt'), 'utf8');
    expect(textformat.fromText(projectorConfigType, text)).toMatchObject({
      embeddings: [
        {
          tensorName: 'tiny "é" run, h',
          tensorShape: [96, 128],
          tensorPath: 'vectors.tsv',
          metadataPath: 'metadata.tsv',
          sprite: { imagePath: 'sprite.png', singleImageDim: [64, 64] },
        },
      ],
    });
  });

  it('has the vectors to the last bit, one row a line', async () => {
    const lines = (await readFile(join(folder, 'vectors.tsv'), 'utf8')).trimEnd().split('\n');
    const rows = lines.map((line) => line.split('\t').map(Number));
    expect(rows.every(({ length }) => length === 128)).toBe(true);
    expect(Float32Array.from(rows.flat())).toEqual(await vectorsOfRun());
  });

  it.runIf(hasNumpy)('is read by NumPy (needs python3-numpy)', async () => {
    const answer = numpyAnswer(
      "print(json.dumps(np.loadtxt(sys.argv[1], delimiter='\\t', dtype=np.float32).ravel().tolist()))",
      join(folder, 'vectors.tsv'),
    );
    expect(Float32Array.from(answer as number[])).toEqual(await vectorsOfRun());
  });

  it('says of each row who it is, what its training left, and what the anchor sees in it', async () => {
    const rows = await duckRows(
      `FROM read_csv('${join(folder, 'metadata.tsv')}', delim = '\t', quote = '', header = true)`,
    );
    expect(rows.map(({ hash }) => hash)).toEqual(hashes);
    expect(rows.map(({ path }) => path)).toEqual(paths);
    expect(rows.map(({ label }) => label)).toEqual(paths.map((path) => path.split('/')[0]));
    const { ids, loss } = await trained.engine.call('runs.pictureNumbers', { run: 1 });
    const known = await trained.engine.call('library.samples', {});
    const rowOf = new Map(Array.from(known.ids, (id, row) => [id, row]));
    for (const [index, id] of ids.entries()) {
      expect(Number(rows[rowOf.get(id)!]!['loss'])).toBeCloseTo(loss[index]!, 6);
    }
    const explained = await trained.engine.call('anchor.negatives', {
      run: 1,
      anchor: hashes[7]!,
    });
    const bins = Object.groupBy(rows, ({ bin }) => String(bin));
    expect(bins['anchor']).toMatchObject([{ hash: hashes[7], similarity: 1 }]);
    for (const [bin, count] of Object.entries(explained.binCounts)) {
      expect(bins[bin]?.length ?? 0).toBe(count);
    }
    const nearest = rows.find(({ rank }) => Number(rank) === 0);
    expect(nearest?.['hash']).toBe(hashes[rowOf.get(explained.ids[0]!)!]);
  });

  it('has each picture in its tile of the sprite', async () => {
    const sprite = join(folder, 'sprite.png');
    expect(await sharp(sprite).metadata()).toMatchObject({
      width: 640,
      height: 640,
      hasAlpha: true,
    });
    const tileAt = (index: number): Promise<Buffer> =>
      sharp(sprite)
        .extract({
          left: 64 * (index % 10),
          top: 64 * Math.floor(index / 10),
          width: 64,
          height: 64,
        })
        .flatten({ background: 'white' })
        .raw()
        .toBuffer();
    const pictures = await Promise.all(
      paths.map((path) =>
        sharp(join(emojiFolder, path))
          .resize(64, 64, { fit: 'contain', background: 'white' })
          .flatten({ background: 'white' })
          .removeAlpha()
          .raw()
          .toBuffer(),
      ),
    );
    for (const index of [0, 9, 10, 57, 95]) {
      const tile = await tileAt(index);
      const differences = pictures.map((own) => meanDifference(tile, own));
      expect(differences.indexOf(Math.min(...differences))).toBe(index);
      expect(differences[index]).toBeLessThan(10);
    }
    // What is behind the last picture is transparent.
    const behind = await sharp(sprite)
      .extract({ left: 64 * 6, top: 64 * 9, width: 64, height: 64 })
      .raw()
      .toBuffer();
    expect(behind.every((value) => value === 0)).toBe(true);
  });

  it('is replaced only when it may be', async () => {
    const again = await runToState(trained.engine, 'exportProjector', { run: 1, folder });
    expect(again.error).toMatchObject({ code: 'file-exists' });
    const forced = await runToState(trained.engine, 'exportProjector', {
      ...{ run: 1, folder, space: 'z', overwrite: true },
    });
    expect(forced.error).toBeNull();
    const line = (await readFile(join(folder, 'vectors.tsv'), 'utf8')).split('\n')[0] ?? '';
    expect(line.split('\t')).toHaveLength(64);
  });

  it('leaves nothing when it is cancelled', async () => {
    const { library, out } = trained;
    for (const cancelAt of [1, 2]) {
      const input = exportProjectorInput.parse({ run: 1, folder: join(out, 'cancelled') });
      await expect(
        runExportProjectorJob(testContext({ library, job: 99, cancelAt }), input),
      ).rejects.toMatchObject({ code: 'cancelled' });
      expect(await readdir(out)).not.toContain('cancelled');
    }
  });

  it.each([
    [1, 1, 64],
    [16_384, 128, 64],
    [16_385, 129, 63],
    [100_000, 317, 25],
    [1_000_000, 1000, 8],
  ])('holds %i pictures in a sprite within 8192 px', (count, across, tile) => {
    expect(spriteGrid(count)).toEqual({ across, tile });
    expect(across * tile).toBeLessThanOrEqual(8192);
  });
});

function meanDifference(one: Buffer, other: Buffer): number {
  expect(one).toHaveLength(other.length);
  return one.reduce((sum, value, index) => sum + Math.abs(value - other[index]!), 0) / one.length;
}

describe('the file for Embedding Atlas', () => {
  async function written(more = {}): Promise<{ file: string; result: ExportAtlasResult }> {
    const file = join(trained.out, 'atlas.parquet');
    const input = { run: 1, file, overwrite: true, ...more };
    const status = await runToState(trained.engine, 'exportAtlas', input);
    expect(status.error).toBeNull();
    return { file, result: status.result as ExportAtlasResult };
  }

  it('has the columns in the types that it documents', async () => {
    const { file, result } = await written({ anchor: hashes[7]! });
    expect(result).toMatchObject({ pictures: 96, remarks: [] });
    const columns = await duckRows(`DESCRIBE FROM '${file}'`);
    expect(
      Object.fromEntries(columns.map((own) => [own['column_name'], own['column_type']])),
    ).toEqual({
      ...{ hash: 'VARCHAR', path: 'VARCHAR', label: 'VARCHAR', x: 'FLOAT', y: 'FLOAT' },
      ...{ loss: 'FLOAT', hardness: 'FLOAT', effective_negatives: 'FLOAT' },
      ...{ same_label_share: 'FLOAT', similarity: 'FLOAT', rank: 'INTEGER', bin: 'VARCHAR' },
      neighbors: 'STRUCT(ids INTEGER[], distances FLOAT[])',
      image: 'STRUCT(bytes BLOB, path VARCHAR)',
    });
    expect(result.columns).toEqual(columns.map((own) => own['column_name']));
  });

  it('has the map, and the neighbours by their rows in the file', async () => {
    const { file } = await written();
    const rows = await duckRows(
      `SELECT hash, x, y, neighbors.ids AS ids, neighbors.distances AS distances FROM '${file}'`,
    );
    const map = latestMap(trained.library, findRun(trained.library, 1).weightsHash ?? '');
    expect(Float32Array.from(rows.flatMap(({ x, y }) => [Number(x), Number(y)]))).toEqual(
      map?.coordinates,
    );
    const known = await trained.engine.call('library.samples', {});
    const hashOf = new Map(Array.from(known.ids, (id, row) => [id, hashes[row]]));
    for (const row of [0, 50]) {
      const { ids, similarity } = await trained.engine.call('anchor.negatives', {
        run: 1,
        anchor: String(rows[row]!['hash']),
        space: 'h',
      });
      const own = rows[row]! as { ids: number[]; distances: number[] };
      expect(own.ids.map((index) => rows[index]!['hash'])).toEqual(
        Array.from(ids.subarray(0, 15), (id) => hashOf.get(id)),
      );
      for (const [index, distance] of own.distances.entries()) {
        expect(distance).toBeCloseTo(1 - similarity[index]!, 5);
      }
    }
  });

  it('has thumbnails as PNG or JPEG, which it knows, with their names', async () => {
    const { file } = await written();
    const rows = await duckRows(
      `SELECT path, image.path AS name, to_base64(image.bytes) AS bytes FROM '${file}'`,
    );
    for (const { path, name, bytes } of rows) {
      expect(String(path).endsWith(`/${String(name)}`)).toBe(true);
      const { format, width, height } = await sharp(
        Buffer.from(String(bytes), 'base64'),
      ).metadata();
      expect(['png', 'jpeg']).toContain(format);
      expect(Math.max(width, height)).toBeLessThanOrEqual(160);
    }
  });

  it('leaves out what is not wanted', async () => {
    const { result } = await written({ thumbnails: false, neighbours: 0 });
    expect(result.columns).not.toContain('image');
    expect(result.columns).not.toContain('neighbors');
    const { file } = await written({ neighbours: 3 });
    const [row] = await duckRows(`SELECT max(len(neighbors.ids)) AS most FROM '${file}'`);
    expect(Number(row?.['most'])).toBe(3);
  });

  it('is refused for an anchor that there is not', async () => {
    const input = { run: 1, file: join(trained.out, 'no.parquet'), anchor: 'nobody.png' };
    const { error } = await runToState(trained.engine, 'exportAtlas', input);
    expect(error?.message).toMatch(/No picture "nobody.png" is in the library/);
  });
});
