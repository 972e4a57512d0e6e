import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  exportTables,
  tableFormats,
  tablesWithoutRun,
} from '../../../src-main/contract/exports.ts';
import type { ExportTable, TableFormat } from '../../../src-main/contract/exports.ts';
import { checkSpaceForExport } from '../../../src-main/engine/exchange/destination/disk-space.ts';
import { describeDestination } from '../../../src-main/engine/exchange/destination/export-destination.ts';
import { noPictures } from '../../../src-main/engine/exchange/tables/picture-list.ts';
import { numbers } from '../../../src-main/engine/formats/tables/table.ts';
import type { Table } from '../../../src-main/engine/formats/tables/table.ts';
import { writeTables } from '../../../src-main/engine/exchange/tables/write-table.ts';
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

describe('an export', () => {
  it('has every column, with its unit, in the documents', async () => {
    const docs = await readFile(join(import.meta.dirname, '../../../docs/exchange.md'), 'utf8');
    for (const what of exportTables) {
      const run = tablesWithoutRun.includes(what) ? {} : { run: 1 };
      const { columns } = await trained.engine.call('exports.preview', {
        what,
        ...run,
        format: 'csv',
      });
      const [, section = ''] = docs.split(`### ${what}\n`);
      const [own = ''] = section.split('### ');
      for (const { name, type, unit, meaning } of columns) {
        const length = type.replace(/\[\d+\]/, '[d]');
        expect(own).toContain(`| \`${name}\` | ${length} | ${unit} | ${meaning} |`);
      }
    }
  });

  it('previews what it would write, near its real size', async () => {
    for (const format of tableFormats) {
      const preview = await trained.engine.call('exports.preview', {
        what: 'embeddings',
        run: 1,
        format,
      });
      expect(preview).toMatchObject({ count: 96 });
      expect(preview.columns.map(({ name }) => name)).toEqual(['hash', 'path', 'label', 'vector']);
      expect(preview.rows[0]?.[0]).toMatch(/^[0-9a-f]{64}$/);
      const { length } = await readFile(await exported('embeddings', format));
      expect(preview.bytes / length).toBeGreaterThan(0.8);
      expect(preview.bytes / length).toBeLessThan(1.6);
    }
  });

  it('replaces a file only when it may, and leaves nothing half-written', async () => {
    const file = join(trained.out, 'kept.csv');
    await writeFile(file, 'mine');
    const input = { what: 'runs', format: 'csv', file } as const;
    const refused = await trained.write(input);
    expect(refused.error).toMatchObject({ code: 'file-exists' });
    expect(refused.error?.message).toMatch(/kept\.csv" is there already/);
    expect(await readFile(file, 'utf8')).toBe('mine');
    const replaced = await trained.write({ ...input, overwrite: true });
    expect(replaced.error).toBeNull();
    expect(await readFile(file, 'utf8')).toMatch(/^run,name/);
    expect((await readdir(trained.out)).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('puts a name without a folder beside the library', async () => {
    const status = await trained.write({ what: 'runs', format: 'csv', file: 'runs.csv' });
    const { files } = status.result as { files: { path: string }[] };
    expect(files[0]?.path).toMatch(/exports\/runs\.csv$/);
    expect(await readFile(files[0]!.path, 'utf8')).toMatch(/^run,name/);
  });

  it('begins no file that the disk has no room for', async () => {
    const folder = await mkdtemp(join(trained.out, 'small-'));
    let chunks = 0;
    // Ten million million rows of 1 kB: more than any disk has.
    const table: Table = {
      columns: [numbers('vector', 'float32', '', '', 256)],
      pictures: noPictures,
      count: 1e13,
      source: {},
      *chunks() {
        for (;;) {
          chunks++;
          yield { count: 4, values: [new Float32Array(4 * 256).fill(0.0625)] };
        }
      },
    };
    for (const format of tableFormats) {
      const one = { table, format, file: join(folder, `large.${format}`) };
      await expect(
        writeTables([one], { overwrite: true, onRows: () => Promise.resolve() }),
      ).rejects.toMatchObject({
        code: 'disk-full',
        message: expect.stringMatching(
          /takes about \d+\.\d GB, but the disk .*; nothing was written/,
        ) as string,
      });
    }
    expect(await readdir(folder)).toEqual([]);
    expect(chunks).toBe(tableFormats.length);
  });

  it('checks the room on the disk before it writes', async () => {
    await expect(checkSpaceForExport(trained.out, 1e18)).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/takes about 1000000000\.0 GB, but the disk/) as string,
    });
    await checkSpaceForExport(trained.out, 1000);
  });

  it.runIf(process.platform === 'linux')('takes no folder that stores nothing', async () => {
    for (const folder of ['/proc', '/sys']) {
      const refusal = {
        code: 'bad-argument',
        message: expect.stringContaining(`${folder} is no place for files`) as string,
      };
      await expect(checkSpaceForExport(folder, 1)).rejects.toMatchObject(refusal);
      const described = describeDestination('/library.sqlite', {
        ...{ file: `${folder}/runs.csv`, isFolder: false, beside: [] },
      });
      // Who is not root is told first that nothing may be written there.
      await expect(described).rejects.toMatchObject({
        code: 'bad-argument',
        message: expect.stringMatching(/no place for files|may not write|read-only/) as string,
      });
    }
  });

  it.each([
    [{ what: 'bins', format: 'csv', file: '/x.csv' }, 'bad-argument', /Name the run/],
    [
      { what: 'embeddings', run: 1, format: 'csv', file: 'a/b.csv' },
      'bad-argument',
      /neither a name alone nor an absolute path/,
    ],
    [
      { what: 'runs', format: 'csv', file: '/nowhere at all/b.csv' },
      'not-found',
      /b\.csv" was not written: its folder is not there/,
    ],
    [
      { what: 'ledger', run: 1, epoch: 9, format: 'csv', file: '/tmp/x.csv' },
      'not-found',
      /recorded nothing in epoch 9/,
    ],
    [
      { what: 'runs', columns: ['nmae'], format: 'csv', file: '/tmp/x.csv' },
      'bad-argument',
      /no column "nmae"; did you mean "name"/,
    ],
  ] as const)('refuses %j in a sentence', async (input, code, sentence) => {
    const { error } = await trained.write(input as Parameters<typeof trained.write>[0]);
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(sentence);
  });
});
