import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presets } from '../../src-main/contract/objectives/presets.ts';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { findRun } from '../../src-main/engine/store/runs.ts';
import { emojiFolder } from '../contract/engine-shells.ts';
import { jsonError, parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

let home: string;
let file: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope cli '));
  file = join(home, 'emoji.sqlite');
  expect(await runCli(home, ['--library', file, 'scan', emojiFolder])).toMatchObject({ code: 0 });
});

afterAll(() => rm(home, { recursive: true, force: true }));

function train(...args: string[]): Promise<CliResult> {
  const small = ['--epochs', '1', '--batch', '32', '--size', '16', '--device', 'cpu', '--json'];
  return runCli(home, ['--library', file, 'train', ...small, ...args]);
}

describe('objectives', () => {
  it('are listed with their parts, and settings with symbol, default and range', async () => {
    const listed = parsed(await runCli(home, ['objectives', '--json'])) as {
      readonly name: string;
      readonly settings: readonly Record<string, unknown>[];
    }[];
    expect(listed.map(({ name }) => name)).toEqual(Object.keys(presets));
    const moco = listed.find(({ name }) => name === 'moco');
    expect(moco).toMatchObject({ source: 'queue', selection: 'all', loss: 'info-nce' });
    expect(moco?.settings).toContainEqual(
      expect.objectContaining({ key: 'queueSize', symbol: 'K', default: 4096, group: 'source' }),
    );
    const table = (await runCli(home, ['objectives'])).stdout;
    expect(table).toMatch(/^ir-ring +bank +ring +info-nce/m);
  });

  it('are trained with any setting by its name, parts too', async () => {
    const set = ['--set', 'selection=hard', '--set', 'queueSize=64', '--set', 'beta=2'];
    const trained = await train('--objective', 'moco', '--name', 'own', ...set);
    expect(trained.code).toBe(0);
    const library = openLibrary(file, { mode: 'read', now: Date.now });
    const run = findRun(library, 'own');
    library.close();
    expect(run).toMatchObject({
      objective: 'moco',
      settings: { selection: 'hard', queueSize: 64, beta: 2, tauPlus: 0.1, pictures: 96 },
    });
  });

  it.each([
    [['--objective', 'hard', '--set', 'tau_plus=0.1'], 'did you mean "tauPlus"?'],
    [['--objective', 'hard', '--set', 'tauPlus=1'], 'at least 0 and less than 1'],
    [['--objective', 'hard', '--set', 'beta=much'], '--set beta takes a number'],
    [['--objective', 'ring', '--set', 'ringDynamicInner=no'], 'takes true or false'],
    [['--set', 'temperature'], '--set takes key=value'],
    [['--set', 'temperature=0'], 'greater than 0'],
    [['--objective', 'moco', '--set', 'queueSize=100'], 'the nearest queueSize is 96'],
    [['--objective', 'ir', '--nce-k', '4096'], 'the library has only 96 pictures'],
    [['--set', 'selection=mixing'], 'choose the source queue'],
    [['--objective', 'ring', '--ring-outer', '0.01'], 'of 62 negatives'],
  ])('refuse %o in a sentence', async (args, sentence) => {
    const refused = await train(...args);
    expect(refused.code).not.toBe(0);
    expect(jsonError(refused)).toMatchObject({
      error: { code: 'bad-argument', message: expect.stringContaining(sentence) as string },
    });
  });
});
