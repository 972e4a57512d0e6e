import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MineResult } from '../../src-main/contract/mining.ts';
import { emojiFolder } from '../contract/engine-shells.ts';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { duckRows } from '../engine/exchange/independent-readers.ts';
import { jsonError, parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope mine '));
  await cli('scan', emojiFolder);
  await addRawPixelRun(join(home, 'emoji.sqlite'), emojiFolder);
});

afterAll(() => rm(home, { recursive: true, force: true }));

function cli(...args: string[]): Promise<CliResult> {
  return runCli(home, [...args, '--library', join(home, 'emoji.sqlite'), '--json']);
}

const mine = (...args: string[]) => cli('mine', '--run', 'raw pixels', ...args);
const labelOf = (path: unknown): string => String(path).split('/')[0] ?? '';

it('writes triplets of paths in the columns of sentence-transformers', async () => {
  const result = await mine(
    '--out',
    't.parquet',
    '--positives',
    'label',
    '--left-out',
    'no.parquet',
  );
  const { rows, anchors, negatives, candidates, leftOut } = parsed(result) as MineResult;
  const triplets = await duckRows(`FROM '${join(home, 't.parquet')}'`);
  expect(Object.keys(triplets[0]!)).toEqual(['anchor', 'positive', 'negative']);
  expect([triplets.length, rows, anchors]).toEqual([288, 288, 96]);
  for (const { anchor, positive, negative } of triplets) {
    expect(labelOf(positive)).toBe(labelOf(anchor));
    expect(labelOf(negative)).not.toBe(labelOf(anchor));
  }
  const counted = await duckRows(
    `SELECT reason, count(*) AS n FROM '${join(home, 'no.parquet')}' GROUP BY reason`,
  );
  expect(Object.fromEntries(counted.map(({ reason, n }) => [reason, Number(n)]))).toEqual(leftOut);
  const all = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  expect(all + negatives).toBe(candidates);
  const pictures = await duckRows(`FROM '${join(home, 't.pictures.csv')}'`);
  expect(Object.keys(pictures[0]!)).toEqual(['hash', 'path', 'label']);
});

it('writes tuples with scores, labelled pairs and labelled lists', async () => {
  await mine(
    '--out',
    'n.parquet',
    '--output-format',
    'n-tuple',
    '--output-scores',
    '--num-negatives',
    '2',
  );
  const [tuple] = await duckRows(`FROM '${join(home, 'n.parquet')}'`);
  expect(Object.keys(tuple!)).toEqual(['anchor', 'positive', 'negative_1', 'negative_2', 'scores']);
  const [own = 0, first = 0, second = 0] = tuple!['scores'] as number[];
  expect(own).toBeCloseTo(1, 5);
  expect(first).toBeGreaterThanOrEqual(second);
  await mine('--out', 'p.csv', '--output-format', 'labeled-pair', '--naming', 'hash');
  const pairs = await duckRows(`FROM '${join(home, 'p.csv')}'`);
  expect(pairs).toHaveLength(96 * 4);
  expect(pairs.filter(({ label }) => Number(label) === 1)).toHaveLength(96);
  expect(pairs[0]!['positive']).toMatch(/^[0-9a-f]{64}$/);
  await mine('--out', 'l.jsonl', '--output-format', 'labeled-list', '--naming', 'file');
  const [line = ''] = (await readFile(join(home, 'l.jsonl'), 'utf8')).split('\n');
  const list = JSON.parse(line) as { anchor: string; positive: string[]; labels: number[] };
  expect(list.labels).toEqual([1, 0, 0, 0]);
  expect(list.positive[0]).toBe(list.anchor);
  expect(list.anchor.startsWith(emojiFolder)).toBe(true);
  await mine('--out', 'lists.parquet', '--output-format', 'labeled-list');
  const lists = await duckRows(`FROM '${join(home, 'lists.parquet')}'`);
  expect(lists[0]).toMatchObject({ labels: [1, 0, 0, 0] });
});

it.each([
  [['--out', 'x.npz'], /must end in one of \.parquet, \.csv, \.jsonl/],
  [['--out', 'x.csv', '--positives', 'verdict'], /No pictures were judged the same/],
  [['--out', 'x.csv', '--range-min', '9', '--range-max', '3'], /range_min must be smaller/],
  [['--out', 'x.csv', '--num-negatives', '0'], /num_negatives/],
])('refuses %j in a sentence', async (args, sentence) => {
  const result = await mine(...args);
  expect(result.code).not.toBe(0);
  expect(JSON.stringify(jsonError(result))).toMatch(sentence);
});
