import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Comparison } from '../../src-main/contract/comparison.ts';
import type { EvaluateResult } from '../../src-main/contract/runs.ts';
import { seriousViolations } from '../e2e/accessibility.ts';
import { launchBrowser } from '../e2e/browser.ts';
import { emojiFolder } from '../contract/engine-shells.ts';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { jsonError, parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

let home: string;
let file: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope compare '));
  file = join(home, 'emoji.sqlite');
  await cli('scan', emojiFolder);
  await addRawPixelRun(file, emojiFolder);
  expect(await cli('embed', '--encoder', 'starter', '--name', 'starter')).toMatchObject({
    code: 0,
  });
}, 300_000);

afterAll(() => rm(home, { recursive: true, force: true }));

function cli(...args: string[]): Promise<CliResult> {
  return runCli(home, ['--library', file, ...args, '--json']);
}

it('finds a run the same as itself in everything', async () => {
  const result = parsed(await cli('compare', '--runs', 'raw pixels,1'));
  const same = { mean: 1, low: 1, high: 1 };
  expect(result).toMatchObject({
    pictures: 96,
    neighbourOverlap: same,
    cka: 1,
    accuracy: { change: { mean: 0, low: 0, high: 0 } },
    // Neither encoder has seeds, and nothing is said of other trainings.
    trainings: { method: 'unknown', overlap: null },
  });
  expect(result).toMatchObject({ negatives: { hard: { new: 0, gone: 0 }, ring: { new: 0 } } });
});

it('measures two runs of different dimensions, twice the same, and lists every picture as CSV', async () => {
  const args = ['compare', '--runs', 'raw pixels,starter', '--k', '5'];
  const result = parsed(await cli(...args)) as { mostChanged: { overlap: number }[] };
  expect(result).toMatchObject({ a: 'raw pixels', b: 'starter', pictures: 96, k: 5 });
  const overlaps = result.mostChanged.map(({ overlap }) => overlap);
  expect(overlaps).toEqual(overlaps.toSorted((a, b) => a - b));
  expect(parsed(await cli(...args))).toEqual(result);
  await cli(...args, '--csv', 'changes.csv');
  const lines = (await readFile(join(home, 'changes.csv'), 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(97);
  expect(lines[0]).toBe(
    'hash,path,label,neighbourOverlap,rankBiasedOverlap,hardnessChange,gained,lost,changedGroup,seedRate',
  );
  expect(lines[1]).toMatch(/^[0-9a-f]{64},"?.+\.png"?,[\w-]+,0/);
});

it('writes every measure as CSV, and says all of them in words', async () => {
  const runs = ['compare', '--runs', 'raw pixels,starter', '--k', '5'];
  const result = parsed(await cli(...runs, '--measures', 'measures.csv')) as Comparison;
  const text = await readFile(join(home, 'measures.csv'), 'utf8');
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const row = (name: string): string[] => rows.find((cells) => cells[2] === name) ?? [];
  const { accuracy, precisionAt20: rate, uniformity, neighbourOverlap } = result;
  expect(row('kNN accuracy').slice(3, 5).map(Number)).toEqual([accuracy!.a, accuracy!.b]);
  const { low, high } = accuracy!.change!;
  expect(row('kNN accuracy').slice(6).map(Number)).toEqual([low, high, 0, 0, 0]);
  expect(row('precision at 20').slice(3, 8).map(Number)).toEqual([
    ...[rate!.a, rate!.b, rate!.b - rate!.a, rate!.change.low, rate!.change.high],
  ]);
  expect(row('uniformity').slice(3, 5).map(Number)).toEqual([uniformity.a, uniformity.b]);
  expect(row('alignment').slice(3, 5)).toEqual(['', '']);
  expect(Number(row('overlap of 5 neighbours')[5])).toBe(neighbourOverlap.mean);
  expect(Number(row('hard negatives gone')[5])).toBe(result.negatives.hard.gone);
  const { stdout } = await runCli(home, ['--library', file, ...runs]);
  for (const words of [
    /kNN accuracy +\d+\.\d\u00a0% +\d+\.\d\u00a0% .* to /,
    /linear probe accuracy +\d+\.\d\u00a0%/,
    /about these two networks on these pictures/,
    /What another seed alone would change is unknown, so there is no p/,
    /precision at 20 .* to /,
    /uniformity +−\d/,
    /linear CKA +−?[01]\.\d{3}/,
    /changed most, by overlap/,
    /labels, most changed first/,
  ]) {
    expect(stdout).toMatch(words);
  }
});

it('gives a run the same kNN accuracy as evaluate, whatever the k of the comparison', async () => {
  const shownOf = async (run: string) => {
    const { knn, precisionAt20 } = parsed(await cli('evaluate', '--run', run)) as EvaluateResult;
    return { knn, precisionAt20 };
  };
  const [one, other] = [await shownOf('raw pixels'), await shownOf('starter')];
  for (const k of ['3', '15']) {
    const compared = await cli('compare', '--runs', 'raw pixels,starter', '--k', k);
    const { accuracy, precisionAt20 } = parsed(compared) as Comparison;
    expect({ knn: accuracy!.a, precisionAt20: precisionAt20!.a }).toEqual(one);
    expect({ knn: accuracy!.b, precisionAt20: precisionAt20!.b }).toEqual(other);
  }
  // Another k is told, and leaves the accuracy by which runs are compared.
  const nearest = parsed(await cli('evaluate', '--run', 'starter', '--k', '1')) as EvaluateResult;
  expect(nearest).toMatchObject({ k: 1, precisionAt20: other.precisionAt20 });
  expect(nearest.knn).not.toBe(other.knn);
  const words = await runCli(home, ['--library', file, 'evaluate', '--run', '1', '--k', '1']);
  expect(words.stdout).toMatch(/^kNN \(k = 1\) .* P@20 +RankMe$/m);
  const runs = parsed(await cli('runs')) as { name: string; metrics: { knn: number } }[];
  expect(runs.find(({ name }) => name === 'starter')!.metrics.knn).toBe(other.knn);
});

it('writes a report that opens offline, light and dark, with every picture in it', async () => {
  const page = join(home, 'report.html');
  await cli('compare', '--runs', 'raw pixels,starter', '--k', '3', '--report', page);
  const browser = await launchBrowser({ webgl: false });
  try {
    const context = await browser.newContext({ offline: true, colorScheme: 'dark' });
    const tab = await context.newPage();
    const complaints: string[] = [];
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('request', (request) => {
      if (/^https?:/.test(request.url())) complaints.push(request.url());
    });
    await tab.goto(pathToFileURL(page).href);
    expect(await tab.textContent('h1')).toBe('raw pixels and starter');
    for (const name of ['linear probe accuracy', 'precision at 20', 'uniformity', 'linear CKA']) {
      expect(await tab.getByRole('rowheader', { name: new RegExp(`^${name}`) }).count()).toBe(1);
    }
    const folder = process.env['SHOTS'];
    if (folder) await tab.screenshot({ path: `${folder}/report-dark.png`, fullPage: true });
    const widths = await tab.$$eval('img', (all) =>
      all.map((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    );
    expect(widths.length).toBeGreaterThan(20);
    expect(Math.min(...widths)).toBeGreaterThan(0);
    const background = () =>
      tab.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const dark = await background();
    await tab.emulateMedia({ colorScheme: 'light' });
    if (folder) await tab.screenshot({ path: `${folder}/report-light.png`, fullPage: true });
    expect([dark, await background()]).toEqual(['rgb(13, 15, 18)', 'rgb(244, 243, 239)']);
    expect(await seriousViolations(tab)).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
}, 300_000);

it('sets several runs side by side, each pair of them', async () => {
  const page = join(home, 'three.html');
  await cli('embed', '--encoder', 'pixels', '--name', 'pixels');
  const runs = ['compare', '--runs', '1,starter,pixels', '--k', '3', '--report', page];
  const { comparisons } = parsed(await cli(...runs)) as { comparisons: Comparison[] };
  expect(comparisons.map(({ a, b }) => [a, b])).toEqual([
    ['raw pixels', 'starter'],
    ['raw pixels', 'pixels'],
    ['starter', 'pixels'],
  ]);
  const html = await readFile(page, 'utf8');
  expect(html).toContain('<h2>Every pair</h2>');
  for (const index of [1, 2, 3]) expect(html).toContain(`href="#pair-${index}"`);
});

it.each([
  [['--runs', '1,2', '--k', '96'], /share 96 embedded pictures: k = 96/],
  [['--runs', '1,starter@3'], /no checkpoint of epoch 3/],
  [['--runs', '1'], /two runs/],
  [['--groups', '1'], /two runs/],
  [['--groups', 'nobody', '1'], /no seed group .*nobody.*: no two runs/],
  [['--runs', '1,2', '--groups', '1', '2'], /either --runs or --groups/],
  [['--runs', '1,nobody'], /There is no run nobody/],
])('refuses %j in a sentence', async (args, sentence) => {
  const result = await cli('compare', ...args);
  expect(result.code).not.toBe(0);
  expect(JSON.stringify(jsonError(result))).toMatch(sentence);
});
