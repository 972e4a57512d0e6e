import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emojiFolder } from '../contract/engine-shells.ts';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { jsonError, parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

const pair = ['food-fruit/1f345__noto.png', 'food-fruit/1f345__fluent-emoji-flat.png'];
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope-verdicts-'));
  const file = join(home, 'emoji.sqlite');
  expect((await cli('--library', file, 'scan', emojiFolder)).code).toBe(0);
  await addRawPixelRun(file, emojiFolder);
});

afterAll(() => rm(home, { recursive: true, force: true }));

function cli(...args: string[]): Promise<CliResult> {
  return runCli(home, args);
}

it('writes verdicts to a file, reads them again, and names the rows it skips', async () => {
  await cli('verdict', '--pair', ...pair, '--verdict', 'same', '--note', 'twins');
  expect((await cli('verdicts', '--export', 'kept.csv')).stdout).toBe(
    '1 verdicts written to kept.csv\n',
  );
  const text = await readFile(join(home, 'kept.csv'), 'utf8');
  expect(text.split('\n')[0]).toBe(
    'anchor_hash,candidate_hash,anchor_path,candidate_path,verdict,note,time,run',
  );
  await cli('verdict', '--pair', ...pair, '--remove');
  await writeFile(join(home, 'kept.csv'), `${text}x,y,,,same,,,\n`);
  expect(parsed(await cli('verdicts', '--import', 'kept.csv', '--json'))).toMatchObject({
    added: 1,
    refused: 1,
    reasons: [{ row: 3, reason: expect.stringContaining('"x" is no content hash') as unknown }],
  });
  const other = await cli('verdicts', '--import', 'kept.txt', '--json');
  expect(jsonError(other)).toMatchObject({
    error: { message: expect.stringContaining('.csv or .json') as unknown },
  });
});

it.each([
  ['verdicts', '--export', 'lost.csv'],
  ['verdicts', '--export', 'lost.json'],
  ['compare', '--runs', '1,1', '--csv', 'lost.csv'],
  ['compare', '--runs', '1,1', '--measures', 'lost.csv'],
  ['compare', '--runs', '1,1', '--report', 'lost.html'],
  ['import', 'none.npy', '--report', 'lost.json'],
])('%s %s asks before a file is replaced', async (...args) => {
  const name = args.at(-1) ?? '';
  await writeFile(join(home, name), 'what was there');
  expect(await cli(...args)).toMatchObject({
    code: 1,
    stderr: `"${join(home, name)}" is there already: choose another name, or allow it to be replaced (--force).\n`,
  });
  expect(await readFile(join(home, name), 'utf8')).toBe('what was there');
  // An import of a file that is not there writes no report.
  if (args[0] === 'import') return;
  expect(await cli(...args, '--force')).toMatchObject({ code: 0 });
  expect(await readFile(join(home, name), 'utf8')).not.toBe('what was there');
});

it('lists the pairs to judge next', async () => {
  const answer = parsed(
    await cli('review', '--run', '1', '--order', 'random', '--limit', '3', '--json'),
  );
  expect(answer).toMatchObject({ pairs: { length: 3 }, rate: { judged: 0, estimate: null } });
  const table = (await cli('review', '--run', 'raw pixels')).stdout;
  expect(table).toMatch(/^anchor +candidate +similarity +why/);
  expect(table).toContain('% of the push');
});
