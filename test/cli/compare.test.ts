import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
    accuracy: { p: 1 },
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
  expect(lines[1]).toMatch(/^[0-9a-f]{64},".+\.png",/);
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
    const widths = await tab.$$eval('img', (all) =>
      all.map((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    );
    expect(widths.length).toBeGreaterThan(20);
    expect(Math.min(...widths)).toBeGreaterThan(0);
    const background = () =>
      tab.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const dark = await background();
    await tab.emulateMedia({ colorScheme: 'light' });
    expect([dark, await background()]).toEqual(['rgb(23, 23, 26)', 'rgb(255, 255, 255)']);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
}, 300_000);

it.each([
  [['--runs', '1,2', '--k', '96'], /share 96 embedded pictures: k = 96/],
  [['--runs', '1,starter@3'], /no checkpoint of epoch 3/],
  [['--runs', '1'], /two runs/],
  [['--runs', '1,nobody'], /There is no run nobody/],
])('refuses %j in a sentence', async (args, sentence) => {
  const result = await cli('compare', ...args);
  expect(result.code).not.toBe(0);
  expect(JSON.stringify(jsonError(result))).toMatch(sentence);
});
