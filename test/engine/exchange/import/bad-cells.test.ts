import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportResult } from '../../../../src-main/contract/imports.ts';
import { importInput } from '../../../../src-main/contract/imports.ts';
import { runImportJob } from '../../../../src-main/engine/exchange/import/import-job.ts';
import { readEmbeddings } from '../../../../src-main/engine/store/embeddings.ts';
import type { Library } from '../../../../src-main/engine/store/library-file.ts';
import { findRun, listRuns } from '../../../../src-main/engine/store/runs.ts';
import { addSamples, temporaryFolder, temporaryLibrary } from '../../store/temporary-library.ts';
import { testContext } from '../../training/job-contexts.ts';

const pictures = ['a.png', 'b.png', 'c.png'];

/** [1, 2, 2, 4] / 5 and [4, 2, 2, 1] / 5: the vectors of a.png and c.png. */
const first = [0.2, 0.4, 0.4, 0.8];
const last = [0.8, 0.4, 0.4, 0.2];

function written(name: string, text: string): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
}

async function importText(
  name: string,
  text: string,
  more = {},
): Promise<{ library: Library; result: ImportResult }> {
  const library = temporaryLibrary();
  addSamples(library, pictures);
  const input = importInput.parse({ files: [written(name, text)], ...more });
  try {
    return { library, result: await runImportJob(testContext({ library, job: 1 }), input) };
  } catch (error) {
    expect(listRuns(library)).toEqual([]);
    expect(library.db.prepare('SELECT count(*) FROM embeddings').pluck().get()).toBe(0);
    throw error;
  }
}

function problems({ matching }: ImportResult): unknown[] {
  return matching.problems.map(({ problem, examples }) => [
    problem,
    ...examples.map(({ row, note }) => [row, note]),
  ]);
}

function saved(library: Library, run: string, ids: number[]): number[][] {
  const hash = findRun(library, run).weightsHash ?? '';
  const { vectors, dimensions } = readEmbeddings(library, hash, 'h', Uint32Array.from(ids));
  return ids.map((_, row) => [...vectors.subarray(row * dimensions, (row + 1) * dimensions)]);
}

function near(vector: readonly number[]): unknown[] {
  return vector.map((value) => expect.closeTo(value, 6) as unknown);
}

describe('a bad cell of numbered columns costs its row, and no column', () => {
  const cells = [
    ['nan', 'not-finite', 'dim_1 is “nan”'],
    ['NaN', 'not-finite', 'dim_1 is “NaN”'],
    ['inf', 'not-finite', 'dim_1 is “inf”'],
    ['-inf', 'not-finite', 'dim_1 is “-inf”'],
    ['Infinity', 'not-finite', 'dim_1 is “Infinity”'],
    ['', 'not-finite', 'dim_1 is empty'],
    ['NA', 'not-finite', 'dim_1 is empty'],
    ['"1,5"', 'not-a-number', 'dim_1 is “1,5”'],
    ['"1.234,5"', 'not-a-number', 'dim_1 is “1.234,5”'],
    ['1 000', 'not-a-number', 'dim_1 is “1 000”'],
    ['n/k', 'not-a-number', 'dim_1 is “n/k”'],
  ] as const;
  const separators = [
    ['h.csv', ','],
    ['h.csv', ';'],
    ['h.tsv', '\t'],
  ] as const;

  it.each(
    separators.flatMap(([name, separator]) =>
      cells.map(([cell, why, note]) => ({ name, separator, cell, why, note })),
    ),
  )('$name $separator $cell', async ({ name, separator, cell, why, note }) => {
    const rows = [
      ['path', 'dim_0', 'dim_1', 'dim_2', 'dim_3'],
      ['a.png', '1', '2', '2', '4'],
      ['b.png', '1', cell, '2', '4'],
      ['c.png', '4', '2', '2', '1'],
    ];
    const text = rows.map((row) => row.join(separator)).join('\n');
    const { library, result } = await importText(name, text, { name: 'theirs' });
    expect(result).toMatchObject({ vectors: 2, dimensions: 4, mapping: { vectors: 'dim_*' } });
    expect(problems(result)).toEqual([[why, [2, note]]]);
    expect(saved(library, 'theirs', [1, 3])).toEqual([near(first), near(last)]);
  });

  it.each(['e%', '%', 'embedding_%', 'v[%]', 'f(%)', 'emb.%', 'dim_00%'])(
    'whatever they are called: %s',
    async (pattern) => {
      const names = [0, 1, 2, 3].map((index) => pattern.replace('%', String(index)));
      const text = `path,${names.join(',')}\na.png,1,2,2,4\nb.png,1,2,2,inf\nc.png,4,2,2,1\n`;
      const { result } = await importText('h.csv', text);
      expect(result).toMatchObject({ vectors: 2, dimensions: 4 });
      expect(problems(result)).toEqual([['not-finite', [2, `${names[3]!} is “inf”`]]]);
    },
  );

  it('among thousands of columns, beyond the rows that tell what a column holds', async () => {
    const width = 3000;
    const library = temporaryLibrary();
    const names = Array.from({ length: 160 }, (_, row) => `${row}.png`);
    addSamples(library, names);
    const lines = names.map((name, row) =>
      [
        name,
        ...Array.from({ length: width }, (_, column) =>
          row === 150 && column === 2999 ? 'x' : '1',
        ),
      ].join(','),
    );
    const head = ['path', ...Array.from({ length: width }, (_, column) => `d${column}`)].join(',');
    const files = [written('wide.csv', [head, ...lines].join('\n'))];
    const context = testContext({ library, job: 1 });
    const result = await runImportJob(context, importInput.parse({ files }));
    expect(result).toMatchObject({ vectors: 159, dimensions: width });
    expect(problems(result)).toEqual([['not-a-number', [151, 'd2999 is “x”']]]);
  });

  it('a row without any cell has no vector', async () => {
    const { result } = await importText('h.csv', 'path,d0,d1\na.png,3,4\nb.png,,\nc.png,4,3\n');
    expect(problems(result)).toEqual([['no-vector', [2, '']]]);
  });
});

describe('lists of numbers', () => {
  it.each([
    ['h.jsonl', '{"path":"b.png","label":NaN,"v":[1,NaN,2,4]}', 'not-finite', 'value 2 is empty'],
    ['h.jsonl', '{"path":"b.png","v":[1,-Infinity,2,4]}', 'not-finite', 'value 2 is “-Infinity”'],
    ['h.jsonl', '{"path":"b.png","v":[1,"1,5",2,4]}', 'not-a-number', 'value 2 is “1,5”'],
    ['h.jsonl', '{"path":"b.png","v":[1,true,2,4]}', 'not-a-number', 'value 2 is “true”'],
    ['h.jsonl', '{"path":"b.png","v":NaN}', 'no-vector', ''],
    ['h.jsonl', '{"path":"b.png","v":"see NaN"}', 'wrong-dimension', '1 instead of 4'],
    ['h.csv', 'b.png,"[1, inf, 2, 4]"', 'not-finite', 'value 2 is “inf”'],
    ['h.csv', 'b.png,"[1, x, 2, 4]"', 'not-a-number', 'value 2 is “x”'],
    ['h.csv', 'b.png,n/a', 'no-vector', ''],
  ] as const)('%s: %s', async (name, row, why, note) => {
    const lines =
      name === 'h.csv'
        ? ['path,v', 'a.png,"[1, 2, 2, 4]"', row, 'c.png,"[4 2 2 1]"']
        : ['{"path":"a.png","v":[1,2,2,4]}', row, '{"path":"c.png","v":[4,2,2,1]}'];
    const { library, result } = await importText(name, lines.join('\n'), { name: 'theirs' });
    expect(problems(result)).toEqual([[why, [2, note]]]);
    expect(saved(library, 'theirs', [1, 3])).toEqual([near(first), near(last)]);
  });

  it('JSON with the words of Python, which are left alone in texts', async () => {
    const rows = `[{"path":"a.png","v":[1,2,2,4],"note":"no NaN, \\"Infinity\\""},
      {"path":"b.png","v":[1,Infinity,2,NaN]},{"path":"c.png","v":[4,2,2,1]}]`;
    expect(problems((await importText('h.json', rows)).result)).toEqual([
      ['not-finite', [2, 'value 2 is “Infinity”']],
    ]);
    const lists = '{"path":["a.png","b.png"],"v":[[1,2],[NaN,1]]}';
    expect((await importText('h.json', lists)).result).toMatchObject({ vectors: 1 });
  });
});

describe('a gap in numbered columns', () => {
  it.each([
    ['path,dim_0,dim_1,dim_3', 'has no column dim_2'],
    ['path,dim_2,dim_3,dim_4', 'has no column dim_1 and'],
    ['path,v007,v008,v009', 'has no column v001 and 5 more'],
  ])('is refused: %s', async (head, sentence) => {
    const text = `${head}\na.png,1,2,2\nb.png,4,2,4\n`;
    await expect(importText('h.csv', text)).rejects.toThrow(sentence.replace(/ and$/, ''));
    const { result } = await importText('h.csv', text, { allowGaps: true });
    expect(result).toMatchObject({ vectors: 2, dimensions: 3 });
  });

  it.each([
    'path,dim_0,dim_1,dim_2\na.png,1,2,low\nb.png,3,4,high\n',
    'path,dim_0,dim_1,dim_2\na.png,1,low,2\nb.png,3,high,4\n',
  ])('and so is a column of words among them', async (text) => {
    await expect(importText('h.csv', text)).rejects.toThrow(
      /dim_[12] of h\.csv holds no numbers, but text, although it is numbered as one of dim_\*/,
    );
  });

  it('is none where counting begins with 1, or the paths are numbered too', async () => {
    const fromOne = 'path,d1,d2\na.png,3,4\n';
    expect((await importText('h.csv', fromOne)).result).toMatchObject({ vectors: 1 });
    const headless = '0,1,2\na.png,3,4\nb.png,4,3\n';
    expect((await importText('h.csv', headless)).result).toMatchObject({ vectors: 2 });
  });

  it('is none between columns of words that are numbered alike', async () => {
    const text = 'path,tag1,tag2,tag4,d0,d1\na.png,a1,b2,c3,3,4\nb.png,a2,b3,c4,4,3\n';
    expect((await importText('h.csv', text, { paths: 'path' })).result).toMatchObject({
      ...{ vectors: 2, dimensions: 2, mapping: { vectors: 'd*' } },
    });
  });

  it('of a name that is there twice is refused', async () => {
    await expect(importText('h.csv', 'path,d0,d1,d1\na.png,1,2,3\n')).rejects.toThrow(
      'h.csv has two columns d1',
    );
  });
});

describe('an import from which nothing is left', () => {
  it.each([
    ['zeros', '0,0,0', 'a vector of zeros'],
    ['NaN', '1,nan,2', 'NaN, infinite or missing values'],
    [
      'no numbers',
      '"1,5","1,5","2,5"',
      'a cell that is no number; decimals are written with a point',
    ],
    ['an empty column', '1,,2', 'NaN, infinite or missing values'],
  ])('is refused, and leaves no run: %s', async (_, cells, why) => {
    const text = `path,d0,d1,d2\na.png,${cells}\nb.png,${cells}\n`;
    await expect(importText('h.csv', text)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(why) as string,
    });
    const { result } = await importText('h.csv', text, { dryRun: true });
    expect(result).toMatchObject({ run: null, vectors: 0 });
    expect(result.remarks).toEqual([
      'An import would be refused, because not one row would be left.',
    ]);
  });

  it('is not for one bad epoch, which costs its row and merges no epochs', async () => {
    const text = 'path,epoch,d0,d1\na.png,1,3,4\na.png,2,4,3\nb.png,last,4,3\n';
    const { result } = await importText('h.csv', text);
    expect(result.epochs).toEqual([1, 2].map((epoch) => ({ epoch, vectors: 1 })));
    expect(problems(result)).toEqual([['no-epoch', [3, '']]]);
  });

  it('is not, where one epoch has no rows left: that epoch is left out', async () => {
    const text = 'path,epoch,d0,d1\na.png,1,3,4\nb.png,1,4,3\na.png,2,nan,1\n';
    const { library, result } = await importText('h.csv', text, { name: 'theirs' });
    expect(result.epochs).toEqual([{ epoch: 1, vectors: 2 }]);
    expect(result.remarks).toEqual(['Epoch 2 of the files was left out: no row of it is left.']);
    expect(saved(library, 'theirs', [1])).toEqual([near([0.6, 0.8])]);
  });
});
