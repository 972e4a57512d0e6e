import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { findRun } from '../../src-main/engine/store/runs.ts';
import { emojiFolder } from '../contract/engine-shells.ts';
import { jsonError, killAt, parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

const anchor = 'food-fruit/1f345__noto.png';

let home: string;
let file: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope cli '));
  file = join(home, 'emoji.sqlite');
  expect(await cli('--library', file, 'scan', emojiFolder)).toMatchObject({ code: 0 });
});

afterAll(() => rm(home, { recursive: true, force: true }));

function cli(...args: string[]): Promise<CliResult> {
  return runCli(home, args);
}

describe('training', () => {
  const knobs = ['--epochs', '1', '--batch', '32', '--size', '16', '--device', 'cpu'];

  it('says what caching the frozen part of a network takes, caches it, and trains the rest', async () => {
    const network = join(import.meta.dirname, '../fixtures/tuned-onnx/mobilenet.onnx');
    const tuning = ['train', '--encoder', 'finetune', '--on', network, '--views', '2'];
    const few = ['--epochs', '1', '--batch', '32', '--device', 'cpu', '--name', 'tuned'];
    const all = await cli('--library', file, ...tuning, '--train-from', 'features.0', ...few);
    expect(all.code).not.toBe(0);
    expect(all.stderr).toMatch(/All layers of "mobilenet" are trained, from features\.0 on/);
    const trained = await cli('--library', file, ...tuning, '--train-from', 'features.3', ...few);
    expect(trained).toMatchObject({ code: 0 });
    expect(trained.stderr).toMatch(
      /weights are trained.*: 2 views of each picture go through it before the first step.*their features take 1 MB in the library/,
    );
    const library = openLibrary(file, { mode: 'read', now: () => Date.now() });
    expect(findRun(library, 'tuned').settings).toMatchObject({ views: 2 });
    library.close();
  });

  it('trains, with progress as JSON lines, and explains an anchor with the run', async () => {
    const trained = await cli(
      ...['--library', file, 'train', '--name', 'hard', '--objective', 'hard', '--json'],
      ...['--beta', '2', '--tau-plus', '0.05', ...knobs],
    );
    expect(trained.code).toBe(0);
    const result = parsed(trained) as { readonly run: number };
    expect(result).toEqual({
      run: expect.any(Number) as unknown,
      device: 'cpu',
      epochs: 1,
      loss: expect.any(Number) as unknown,
      imagesPerSecond: expect.any(Number) as unknown,
      metrics: expect.objectContaining({
        knn: expect.any(Number) as unknown,
        precisionAt20: expect.any(Number) as unknown,
      }) as unknown,
    });
    const lines = trained.stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.some(({ loss, epoch }) => typeof loss === 'number' && epoch === 1)).toBe(true);

    const explained = await cli(
      ...['--library', file, 'negatives', '--run', 'hard', '--anchor', anchor, '--json'],
      ...['--temperature', '0.2'],
    );
    const negatives = parsed(explained) as NegativesJson;
    expect(Object.keys(negatives)).toEqual([
      ...['anchor', 'parameters', 'space', 'batch', 'candidates', 'negatives'],
      ...['positiveSimilarity', 'positive', 'loss', 'effectiveNegatives', 'clamped'],
      ...['bins', 'binShares', 'posteriorBasis', 'notes', 'rows'],
    ]);
    expect(negatives).toMatchObject({
      ...{ space: 'z', batch: null, candidates: 95, negatives: 95 },
      positive: { from: 'views', views: 4 },
    });
    expect(negatives.parameters).toMatchObject({
      objective: 'hard',
      temperature: 0.2,
      beta: 2,
      tauPlus: 0.05,
    });
    const { bins, rows } = negatives;
    expect(Object.values(bins).reduce((total, count) => total + count, 0)).toBe(95);
    expect(bins.suspected).toBe(0);
    const shared = Object.values(negatives.binShares).map(({ share }) => share);
    expect(shared.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 6);
    expect(bins.false).toBe(11);
    expect(rows.map(({ rank }) => rank)).toEqual(rows.map((_, index) => index));
    expect(rows.reduce((total, { share }) => total + share, 0)).toBeCloseTo(1, 4);
    expect(Object.keys(rows[0]!)).toEqual([
      ...['hash', 'path', 'similarity', 'rank', 'percentile', 'weight'],
      ...['share', 'posterior', 'zone', 'bin', 'evidence'],
    ]);
    for (const { path, bin, evidence } of rows) {
      expect(evidence.sameLabel).toBe(path.startsWith('food-fruit/'));
      if (evidence.sameLabel) expect(bin).toBe('false');
    }
  });

  it('shows what the training did with the negatives of a picture', async () => {
    const args = ['--library', file, 'ledger', '--run', 'hard', '--anchor', anchor, '--json'];
    const ledger = parsed(await cli(...args)) as LedgerJson;
    expect(Object.keys(ledger)).toEqual(['anchor', 'epoch', 'epochs', 'totals', 'rows']);
    expect(ledger).toMatchObject({ anchor: { path: anchor }, epoch: 1, epochs: [1] });
    expect(ledger.rows.length).toBeGreaterThan(10);
    expect(ledger.rows.length).toBeLessThanOrEqual(32);
    expect(Object.keys(ledger.rows[0]!)).toEqual([
      ...['hash', 'path', 'similarity', 'weight', 'share', 'zone', 'met', 'judgedDifferent'],
    ]);
    const magnitudes = ledger.rows.map(({ share }) => Math.abs(share));
    expect(magnitudes[0]).toBeGreaterThan(0);
    expect(ledger.rows.every(({ path, met }) => path !== '' && path !== anchor && met === 4)).toBe(
      true,
    );
    const missing = await cli(...args, '--epoch', '9');
    expect(missing.code).toBe(1);
    expect(jsonError(missing)).toMatchObject({
      error: { code: 'not-found', message: expect.stringContaining('epoch 9') as unknown },
    });
  });

  it('says of which training, epoch and loss the ledger of a picture is', async () => {
    const { stdout } = await cli('--library', file, 'ledger', '--run', 'hard', '--anchor', anchor);
    const [heading = '', columns = ''] = stdout.split('\n');
    // Both views of the other pictures of a batch.
    expect(heading).toMatch(
      /^hard, epoch 1, .*; N = 62 negatives of an anchor; loss of the anchor/,
    );
    expect(columns).toMatch(/^share +weight +similarity +zone +occurrences +judged +path$/);
  });

  it('keeps a verdict on a pair, lists it and takes it back', async () => {
    const pair = ['--pair', anchor, 'food-fruit/1f347__noto.png'];
    const given = parsed(
      await cli('--library', file, 'verdict', ...pair, '--verdict', 'same', '--json'),
    );
    expect(given).toMatchObject({ verdict: 'same', note: '', run: null });
    const listed = parsed(await cli('--library', file, 'verdicts', '--json'));
    expect(listed).toMatchObject({ verdicts: [given], groups: [{ length: 2 }], conflicts: [] });
    const removed = await cli('--library', file, 'verdict', ...pair, '--remove', '--json');
    expect(parsed(removed)).toEqual({ removed: true });
    const wrong = await cli('--library', file, 'verdict', ...pair, '--verdict', 'both');
    expect(wrong.code).toBe(2);
  });

  it('refuses a batch that is larger than the library, and a setting that is out of range', async () => {
    const large = await cli('--library', file, 'train', '--batch', '128', '--json');
    expect(large.code).toBe(1);
    expect(jsonError(large)).toMatchObject({ error: { code: 'too-few-pictures' } });
    const wrong = await cli('--library', file, 'train', '--temperature', '0', '--json');
    expect(wrong.code).toBe(2);
    expect(jsonError(wrong)).toMatchObject({
      error: { code: 'bad-argument', message: expect.stringContaining('temperature') as unknown },
    });
  });

  it('trains by another recipe and with other views, and writes both down with the run', async () => {
    const trained = await cli(
      ...['--library', file, 'train', '--name', 'lars', '--recipe', 'lars', '--json', ...knobs],
      ...['--learning-rate', '1', '--schedule', 'step', '--milestones', '0.4,0.7', '--no-nesterov'],
      ...['--augmentation', 'hcl', '--augment', 'hue=0', '--augment', 'blurSigmaMax=1'],
    );
    expect(trained.code).toBe(0);
    const library = openLibrary(file, { mode: 'read', now: () => Date.now() });
    const { settings } = findRun(library, 'lars');
    library.close();
    expect(settings).toMatchObject({
      optimiser: 'lars',
      learningRate: 1,
      schedule: 'step',
      milestones: [0.4, 0.7],
      nesterov: false,
      decayExclusion: true,
      augmentation: 'hcl',
      augmentationOverrides: { hue: 0, blurSigmaMax: 1 },
    });
  });

  it('trains a head on raw pixels, and says what it needs where it is not given', async () => {
    const args = ['--library', file, 'train', '--encoder', 'head', '--json', ...knobs];
    const trained = await cli(...args, '--on', 'pixels', '--views', '2', '--name', 'on pixels');
    expect(parsed(trained)).toMatchObject({ device: 'cpu', epochs: 1 });
    const untold = await cli(...args);
    expect(untold.code).toBe(2);
    expect(jsonError(untold)).toMatchObject({
      error: { code: 'bad-argument', message: expect.stringContaining('say which') as unknown },
    });
    const single = await cli(...args, '--on', 'pixels', '--views', '1');
    expect(jsonError(single)).toMatchObject({
      error: { code: 'bad-argument', message: expect.stringContaining('two views') as unknown },
    });
  });

  it('embeds with the starter encoder once', async () => {
    const args = ['--library', file, 'embed', '--encoder', 'starter', '--device', 'cpu', '--json'];
    const first = parsed(await cli(...args));
    expect(first).toMatchObject({ embedded: 96, cached: 0 });
    expect(Object.keys(first as object)).toEqual([
      ...['run', 'embedded', 'cached', 'dimensions', 'imagesPerSecond', 'leftOut'],
    ]);
    expect(parsed(await cli(...args))).toMatchObject({ embedded: 0, cached: 96 });
  });

  it('goes on with a training that was killed when the same command is given again', async () => {
    const args = ['--library', file, 'train', '--name', 'killed', '--json', ...knobs];
    args[args.indexOf('--epochs') + 1] = '6';
    await killAt(home, args, ({ epoch }) => Number(epoch) >= 3);
    const again = await cli(...args);
    expect(again.code).toBe(0);
    const steps = again.stderr
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { step?: number }).step ?? Infinity);
    expect(Math.min(...steps)).toBeGreaterThan(3);
    const runs = parsed(await cli('--library', file, 'runs', '--json')) as { name: string }[];
    expect(runs.filter(({ name }) => name.startsWith('killed'))).toMatchObject([{ epochs: 6 }]);
  });
});

interface LedgerJson {
  readonly epoch: number;
  readonly rows: readonly { readonly path: string; readonly share: number; readonly met: number }[];
}

interface NegativesJson {
  readonly parameters: object;
  readonly bins: Readonly<Record<'hard' | 'false' | 'suspected' | 'ring' | 'easy', number>>;
  readonly binShares: Readonly<Record<string, { readonly share: number }>>;
  readonly rows: readonly {
    readonly path: string;
    readonly rank: number;
    readonly share: number;
    readonly bin: string;
    readonly evidence: { readonly sameLabel: boolean };
  }[];
}
