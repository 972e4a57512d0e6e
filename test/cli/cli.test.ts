import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { emojiFolder } from '../contract/engine-shells.ts';
import { jsonError, parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

const anchor = 'food-fruit/1f345__noto.png';

let home: string;
let file: string;

/** With a library of its own, which has a run made of raw pixels. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope cli '));
  file = join(home, 'emoji.sqlite');
  const scanned = await cli('--library', file, 'scan', emojiFolder, '--json');
  expect(scanned.code).toBe(0);
  await addRawPixelRun(file, emojiFolder);
});

afterAll(() => rm(home, { recursive: true, force: true }));

function cli(...args: string[]): Promise<CliResult> {
  return runCli(home, args);
}

describe('scan', () => {
  it('answers with the promised fields, and progress as JSON lines on standard error', async () => {
    const folder = join(home, 'Bilder für "Tests" 사진');
    await cp(emojiFolder, folder, { recursive: true });
    await mkdir(join(folder, 'broken'));
    await writeFile(join(folder, 'broken/empty.png'), '');
    await cp(join(emojiFolder, anchor), join(folder, 'food-fruit/the same again.png'));
    const result = await cli('--library', join(home, 'named.sqlite'), 'scan', folder, '--json');
    expect(result.code).toBe(0);
    expect(parsed(result)).toEqual({
      images: 96,
      files: 97,
      duplicates: 1,
      labels: 8,
      unlabelled: 0,
      rule: 'deepest',
      proposal: { rule: 'deepest', reason: 'One level of folders names classes.' },
      splits: [],
      labelConflicts: 0,
      unmatched: null,
      leftOut: {},
      blank: [],
      notes: [],
      skipped: [{ path: 'broken/empty.png', reason: expect.stringMatching(/empty/i) as unknown }],
      seconds: expect.any(Number) as unknown,
    });
    for (const line of result.stderr.trim().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({
        kind: 'scan',
        progress: expect.any(Number) as unknown,
      });
    }
  });

  it("makes the folder's own library, which the next commands use", async () => {
    const other = await mkdtemp(join(tmpdir(), 'negatoscope-home-'));
    const scanned = await runCli(
      other,
      ['scan', 'emoji', '--labels', 'none'],
      join(emojiFolder, '..'),
    );
    expect(scanned).toMatchObject({ code: 0 });
    expect(scanned.stdout).toMatch(/^96 pictures in 96 files, 0 duplicates, 0 labels, 0 skipped/);
    const runs = await runCli(other, ['runs', '--json']);
    expect(runs).toMatchObject({ code: 0, stdout: '[]\n', stderr: '' });
    await rm(other, { recursive: true });
  });
});

describe('questions about a run', () => {
  it('lists runs', async () => {
    const [run] = parsed(await cli('--library', file, 'runs', '--json')) as unknown[];
    expect(run).toEqual({
      run: 1,
      name: 'raw pixels',
      objective: null,
      device: null,
      epochs: 0,
      metrics: {},
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as unknown,
      note: '',
      tags: [],
      archived: false,
      deleted: null,
      seeds: null,
    });
  });

  it('lists neighbours by path or hash', async () => {
    const args = ['--library', file, 'neighbours', '--run', 'raw pixels', '-k', '3', '--json'];
    const found = parsed(await cli(...args, '--anchor', anchor)) as NeighboursJson;
    expect(Object.keys(found)).toEqual(['anchor', 'neighbours']);
    expect(found.anchor).toMatchObject({ path: anchor });
    expect(found.neighbours).toHaveLength(3);
    expect(Object.keys(found.neighbours[0]!)).toEqual(['hash', 'path', 'similarity']);
    const byHash = await cli(...args, '--anchor', found.anchor.hash);
    expect(parsed(byHash)).toEqual(found);
    const absolute = await cli(...args, '--anchor', join(emojiFolder, anchor));
    expect(parsed(absolute)).toEqual(found);
  });

  it('lays out a map as the options say, and the same PCA whatever else they say', async () => {
    const map = (...options: string[]): Promise<CliResult> =>
      cli('--library', file, 'map', '--run', '1', '--json', ...options);
    const umap = ['--neighbours', '7', '--min-distance', '0.4', '--metric', 'euclidean'];
    for (const options of [umap, ['--method', 'pca'], ['--method', 'pca', '--seed', '9']]) {
      expect((await map(...options)).code).toBe(0);
    }
    const library = openLibrary(file, { mode: 'read', now: () => 0 });
    const made = library.query<{ parameters: string }>('SELECT parameters FROM maps').all();
    library.close();
    expect(made.map(({ parameters }) => JSON.parse(parameters) as unknown)).toEqual(
      expect.arrayContaining([
        { method: 'umap', neighbours: 7, minDistance: 0.4, metric: 'euclidean', seed: 1 },
        { method: 'pca', neighbours: 15, minDistance: 0.1, seed: 1 },
      ]),
    );
    expect(made).toHaveLength(2);
    const refused = await map('--metric', 'manhattan');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/cosine, euclidean/);
  });

  it('lays out a map', async () => {
    const result = await cli('--library', file, 'map', '--run', '1', '--seed', '5', '--json');
    expect(parsed(result)).toEqual({ points: 96, seconds: expect.any(Number) as unknown });
  });

  it('evaluates', async () => {
    const result = await cli('--library', file, 'evaluate', '--run', '1', '--json');
    expect(Object.keys(parsed(result) as object)).toEqual([
      ...['knn', 'knnBalanced', 'linear', 'linearBalanced', 'alignment', 'uniformity'],
      ...['precisionAt20', 'precisionChance', 'precisionCeiling', 'rankMe'],
      ...['scoredPictures', 'singletons', 'leftOut', 'k', 'judgedSame', 'met', 'split'],
    ]);
    expect(parsed(result)).toMatchObject({ split: null });
  });
});

interface NeighboursJson {
  readonly anchor: { readonly hash: string; readonly path: string };
  readonly neighbours: readonly object[];
}

describe('bad input', () => {
  it.each([
    [['scna'], /Unknown command 'scna' \(Did you mean scan\?\)/],
    [['scan'], /Missing required argument 'folder'/],
    [['scan', 'a', '--labels', 'x'], /--labels/],
    [['train', '--beta', 'much'], /--beta takes a number, not "much"/],
    [['train', '--epochs', '1.5'], /--epochs takes a whole number/],
    [['train', '--keep-checkpoints', '0'], /--keep-checkpoints takes a whole number from 1/],
    [['train', '--objective', 'simcrl'], /did you mean "simclr"/],
    [['train', '--optimiser', 'rmsprop'], /--optimiser/],
    [['train', '--momentum', '0.9'], /Adam has no momentum/],
    [['train', '--recipe', 'sgd', '--milestones', '0.8,0.6'], /rising shares of the run/],
    [['train', '--warmup-epochs', '30'], /leaves nothing of a run of 30/],
    [['train', '--augment', 'hue'], /--augment takes key=value, not "hue"/],
    [['train', '--augment', 'hu=0.1'], /no number "hu"; did you mean "hue"/],
    [
      ['train', '--augment', 'hue=0.1', '--augment', 'flipProbability=2'],
      /flipProbability must be/,
    ],
    [['map'], /--run/],
    [['neighbours', '--run', '1', '--anchor', 'x', '-k', '0'], /"k" must be at least 1\./],
    [['serve', '--port', 'x'], /--port/],
    [['fetch', 'x'], /choices are electron, tfjs-node-gpu\.\n/],
  ])('answers %j with exit code 2 and one sentence', async (args, sentence) => {
    const result = await cli('--library', file, ...args);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(sentence);
    expect(result.stderr.trim()).toMatch(/^[^\n]*[^.]\.$/);
  });

  it('answers with an error object where JSON is asked for, before or after the command', async () => {
    for (const args of [
      ['--json', 'map'],
      ['map', '--json'],
    ]) {
      expect(jsonError(await cli(...args))).toEqual({
        error: {
          code: 'bad-argument',
          message: "Required option '--run <run>' not specified.",
        },
      });
    }
  });

  it.each([
    [['scan', '/no/such/folder'], 'bad-picture-folder', /There is no folder/],
    [
      ['neighbours', '--run', '1', '--anchor', 'nobody.png'],
      'not-found',
      /No picture "nobody.png"/,
    ],
    [['neighbours', '--run', '77', '--anchor', anchor], 'not-found', /no run 77.*raw pixels/],
    [['map', '--run', 'nobody'], 'not-found', /no run nobody/],
    [['embed', '--encoder', 'nobody'], 'not-found', /no run nobody/],
  ])('answers %j with exit code 1 and the reason', async (args, code, sentence) => {
    const result = await cli('--library', file, ...args, '--json');
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(jsonError(result)).toEqual({
      error: { code, message: expect.stringMatching(sentence) as unknown },
    });
  });

  it('says what to do where no library was used yet', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'negatoscope-home-'));
    const result = await runCli(empty, ['runs']);
    expect(result).toMatchObject({
      code: 1,
      stderr: 'No library was used yet: scan a folder of pictures first.\n',
    });
    const missing = await runCli(empty, ['scan', 'nowhere']);
    expect(missing.code).toBe(1);
    expect((await runCli(empty, ['runs'])).code).toBe(1);
    await rm(empty, { recursive: true });
  });

  it('leaves a file alone that is not a library', async () => {
    const text = join(home, 'notes.sqlite');
    await writeFile(text, 'These are notes, and not a database at all.'.repeat(40));
    const result = await cli('--library', text, 'runs', '--json');
    expect(result.code).toBe(1);
    expect(jsonError(result)).toMatchObject({ error: { code: 'library-unreadable' } });
  });

  it('does not write into a library that another process holds, and still answers questions', async () => {
    const held = openLibrary(file, { mode: 'write', now: () => Date.now() });
    try {
      const scan = await cli('--library', file, 'scan', emojiFolder, '--json');
      expect(scan.code).toBe(1);
      expect(jsonError(scan)).toMatchObject({
        error: { code: 'library-in-use', message: expect.stringContaining(file) as unknown },
      });
      expect((await cli('--library', file, 'runs', '--json')).code).toBe(0);
    } finally {
      held.close();
    }
  });
});

describe('devices', () => {
  it('says what there is, and why each is or is not used', async () => {
    const reports = parsed(await cli('devices', '--json')) as Record<string, unknown>[];
    expect(reports.find(({ name }) => name === 'cpu')).toMatchObject({ available: true });
    expect(reports.filter(({ chosen }) => chosen === true)).toHaveLength(1);
    for (const { reason } of reports) expect(reason).toMatch(/\.$/);
    const parts = reports.flatMap(({ missing = [] }) => missing as { what: string }[]);
    const { stdout } = await cli('devices');
    for (const { what } of parts) expect(stdout).toContain(`\ntensorflow lacks ${what}: `);
  });

  it('are explained by the operators of a step that they run', async () => {
    const { stdout } = await cli('devices', '--explain');
    expect(stdout).toMatch(/^device +step +on it +on cpu +operators\n/);
    expect(stdout).toMatch(/\ncpu +resnet8 +\d{3} +0 +on cpu: .*Conv \d+/);
    expect(stdout).toMatch(/\ncpu +starter +\d{4} +0 +on cpu: .*HardSigmoid \d+/);
  });
});

describe('help', () => {
  it('lists every command, and every setting of every objective', async () => {
    const help = await cli('--help');
    expect(help.code).toBe(0);
    const commands =
      'scan train embed map runs neighbours negatives evaluate devices fetch serve open';
    for (const command of commands.split(' ')) expect(help.stdout).toContain(`  ${command} `);
    const train = await cli('train', '--help');
    for (const flag of ['temperature', 'beta', 'tau-plus', 'ring-outer', 'ring-inner', 'device']) {
      expect(train.stdout).toContain(`--${flag} `);
    }
    expect((await cli('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await cli()).code).toBe(2);
  });
});
