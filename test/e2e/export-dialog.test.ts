import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { duckRows } from '../engine/exchange/independent-readers.ts';
import { useAppSession } from './app-session.ts';
import { lookAt } from './look-at.ts';

const session = useAppSession({
  library: 'one training',
  readsClipboard: true,
  prepare: ({ engine }) => runToState(engine, 'map', { run: 'simclr' }),
});
let out = '';

const dialog = () => session.page.getByRole('dialog', { name: 'Export' });

beforeAll(async () => {
  const { page, folder } = session;
  out = join(folder, '../out');
  await mkdir(out);
  await page.getByRole('navigation', { name: 'Pages' }).getByText('Explore').click();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('the export dialog', () => {
  it('shows the first rows before anything is written, and writes them', async () => {
    const { page, engine } = session;
    await page.getByRole('button', { name: 'Export…' }).click();
    const preview = dialog().getByRole('region', { name: 'Preview' });
    await preview.getByText('float32[').waitFor();
    await dialog().getByLabel('Folder on the engine’s machine').fill(out);
    await dialog().getByText(join(out, 'simclr-embeddings.parquet')).waitFor();
    await dialog()
      .getByText(/ of .* free/)
      .waitFor();
    await lookAt(session.page, 'export-embeddings');
    await dialog().getByRole('button', { name: 'Export', exact: true }).click();
    const files = dialog().getByRole('list', { name: 'Files that were written' });
    await files.getByText(join(out, 'simclr-embeddings.parquet')).waitFor();
    await lookAt(session.page, 'export-written');
    const rows = await duckRows(`SELECT * FROM '${join(out, 'simclr-embeddings.parquet')}'`);
    const { hashes } = await engine.call('library.samples', {});
    expect(rows.map(({ hash }) => hash).sort()).toEqual([...hashes].sort());
    await files.getByRole('button', { name: /Copy the path/ }).click();
    await dialog().getByText('The path is on the clipboard.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      join(out, 'simclr-embeddings.parquet'),
    );
  });

  it('replaces a file only when told to', async () => {
    await dialog().getByRole('button', { name: 'Export something else' }).click();
    const start = dialog().getByRole('button', { name: 'Export', exact: true });
    const replace = dialog().getByLabel('There is a file of this name: replace it');
    await replace.waitFor();
    expect(await start.isDisabled()).toBe(true);
    await replace.check();
    await expect.poll(() => start.isEnabled()).toBe(true);
  });

  it('says what is wrong with a folder, and goes to one that is chosen', async () => {
    const folder = dialog().getByLabel('Folder on the engine’s machine');
    await folder.fill(join(out, 'nowhere'));
    await dialog().getByText('its folder is not there').waitFor();
    expect(await dialog().getByRole('button', { name: 'Export', exact: true }).isDisabled()).toBe(
      true,
    );
    await folder.fill(join(out, '..'));
    await dialog().getByRole('button', { name: 'Choose…' }).click();
    const folders = dialog().getByRole('list', { name: 'Folders to write to' });
    await folders.getByRole('button', { name: 'out', exact: true }).click();
    await expect.poll(() => folder.inputValue()).toBe(out);
    await dialog().getByRole('button', { name: 'Choose…' }).click();
  });

  it('mines by sentence-transformers’ names, and shows what each rule leaves', async () => {
    await dialog()
      .getByRole('radio', { name: /Mined negatives/ })
      .check();
    await dialog().getByLabel('positives', { exact: true }).selectOption('label');
    await dialog().getByLabel('num_negatives').fill('2');
    await dialog().getByLabel('relative_margin').fill('0.01');
    const preview = dialog().getByRole('region', { name: 'Preview' });
    await preview.getByText(/Of the first 16 anchors:[^]*relative-margin/).waitFor();
    await lookAt(session.page, 'export-mined');
    await dialog().getByLabel('range_min').fill('90');
    await dialog().getByLabel('range_max').fill('20');
    await dialog().getByText('range_min must be smaller than range_max').waitFor();
    await dialog().getByLabel('range_min').fill('0');
    await dialog().getByLabel('range_max').fill('');
    await dialog()
      .getByLabel(/Write every candidate that was left out/)
      .check();
    await dialog().getByRole('radio', { name: 'CSV' }).check({ force: true });
    await preview.waitFor();
    await dialog().getByText(join(out, 'simclr-mined.csv')).waitFor();
    await dialog().getByRole('button', { name: 'Export', exact: true }).click();
    const files = dialog().getByRole('list', { name: 'Files that were written' });
    await files.getByText('simclr-mined-left-out.csv').waitFor();
    const text = await readFile(join(out, 'simclr-mined.csv'), 'utf8');
    expect(text.split('\n')[0]).toBe('anchor,positive,negative');
    const reasons = await duckRows(
      `SELECT DISTINCT reason FROM read_csv('${join(out, 'simclr-mined-left-out.csv')}')`,
    );
    expect(reasons.map(({ reason }) => reason)).toContain('relative-margin');
  });

  it('writes the encoder, whose inputs and outputs it shows', async () => {
    await dialog().getByRole('button', { name: 'Export something else' }).click();
    await dialog()
      .getByRole('radio', { name: /^Encoder/ })
      .check();
    await dialog().getByText('[batch, 16, 16, 3]').waitFor();
    await lookAt(session.page, 'export-encoder');
    await dialog().getByRole('button', { name: 'Export', exact: true }).click();
    const files = dialog().getByRole('list', { name: 'Files that were written' });
    await files.getByText('simclr-encoder.onnx').waitFor();
    await files.getByText('simclr-encoder.md').waitFor();
    await dialog().getByRole('button', { name: 'Close' }).last().click();
  });

  it('is reached by the palette, by keys alone, and tells where the file is when it was closed', async () => {
    const { page } = session;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('export');
    await page.keyboard.press('Enter');
    await dialog()
      .getByRole('radio', { name: /Embeddings/ })
      .focus();
    for (let step = 0; step < 9; step++) await page.keyboard.press('ArrowDown');
    expect(await dialog().getByRole('radio', { name: /^Runs/ }).isChecked()).toBe(true);
    await dialog().getByText('runs.parquet').waitFor();
    const start = dialog().getByRole('button', { name: 'Export', exact: true });
    await expect.poll(() => start.isEnabled()).toBe(true);
    await start.focus();
    await page.keyboard.press('Enter');
    await dialog().getByText('Written.').waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });
});
