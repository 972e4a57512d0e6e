import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { findRun } from '../../src-main/engine/store/runs.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';
import { splitFolder } from '../libraries/split-library.ts';
import { jsonError, parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

const small = [
  ...['--encoder', 'head', '--on', 'pixels', '--views', '2', '--epochs', '1', '--batch', '16'],
  ...['--device', 'cpu', '--json'],
];

it('a training by labels is told of which splits, says so, and is scored by the others', async () => {
  const home = temporaryFolder();
  const file = join(home, 'split.sqlite');
  const cli = (...args: string[]): Promise<CliResult> => runCli(home, ['--library', file, ...args]);
  expect(await cli('scan', await splitFolder())).toMatchObject({ code: 0 });
  const train = (...args: string[]) => cli('train', ...small, ...args);

  const trained = await train(
    ...['--name', 'labelled', '--objective', 'supcon', '--positives-from', 'both'],
    ...['--labels-of', 'train'],
  );
  expect(trained.code).toBe(0);
  expect(parsed(trained)).toMatchObject({ metrics: { labelPictures: 24, verdictPictures: 0 } });
  const masked = await train('--name', 'masked', '--objective', 'hard', '--labels', 'mask');
  expect(parsed(masked)).toMatchObject({ metrics: { labelPictures: 48 } });
  const library = openLibrary(file, { mode: 'read', now: Date.now });
  expect(findRun(library, 'labelled').settings).toMatchObject({
    ...{ positivesFrom: 'both', labelsOf: ['train'], temperature: 0.1, verdicts: 'ignore' },
  });
  expect(findRun(library, 'masked').settings).toMatchObject({ labels: 'mask' });
  library.close();

  const scored = await cli(
    ...['evaluate', '--run', 'labelled', '--train', 'train', '--test', 'val'],
  );
  expect(scored.stdout).toContain(
    'Of the 48 scored pictures, 24 have labels that trained the run.',
  );

  const refused = async (...args: string[]): Promise<string> =>
    (jsonError(await train(...args)) as { error: { message: string } }).error.message;
  expect(await refused('--objective', 'supcon', '--labels-of', 'test')).toContain(
    'There is no split "test" whose labels could be given: there is train, val.',
  );
  expect(await refused('--objective', 'fnc', '--labels', 'mask')).toContain(
    'Labels cannot be used with fnc',
  );
  expect(await refused('--objective', 'hard', '--labels-of', 'train')).toContain(
    'this training is given no labels',
  );
});
