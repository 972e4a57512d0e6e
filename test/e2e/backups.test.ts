import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';
import { lookAt } from './look-at.ts';

const session = useAppSession({ library: 'no runs' });
let file = '';

beforeAll(async () => {
  const { engine, page } = session;
  file = (await engine.call('library.status', {})).file ?? '';
  await page.getByRole('main', { name: 'library' }).waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

const dialog = (): Locator => session.page.getByRole('dialog', { name: 'Backups of the library' });
const rows = (): Locator =>
  dialog()
    .getByRole('list', { name: /^Backups/ })
    .getByRole('listitem');

it('a backup is made from the Library, and the whole library is copied', async () => {
  const { page, engine } = session;
  const { hashes } = await engine.call('library.samples', {});
  const pair: [string, string] = [hashes[0] ?? '', hashes[1] ?? ''];
  await engine.call('verdicts.set', { pair, verdict: 'same' });
  await page.getByRole('button', { name: 'Backups…' }).click();
  await dialog().getByText('There is no backup yet').waitFor();
  await dialog().getByRole('button', { name: 'Back up now' }).click();
  await rows().getByText('1 verdict · 0 labels and marks · 0 runs').waitFor();
  await lookAt(page, 'backups');
  expect(await seriousViolations(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog().waitFor({ state: 'detached' });
  await expect
    .poll(async () => (await engine.call('jobs.list', {}))[0])
    .toMatchObject({ kind: 'copyLibrary', state: 'done' });
});

it('a damaged library is told when it is opened, and its backup restored', async () => {
  const { page, engine } = session;
  await engine.call('library.open', { file: file.replace('.sqlite', '-other.sqlite') });
  const bytes = readFileSync(file);
  writeFileSync(file, Buffer.concat([Buffer.alloc(4096), bytes.subarray(4096)]));
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^A page, run/ }).fill('Open a library file');
  await page.keyboard.press('Enter');
  const chooser = page.getByRole('dialog', { name: 'Open a library file' });
  await chooser.getByRole('textbox').first().fill(file);
  await chooser.getByRole('button', { name: /^Open/ }).click();
  await page.getByRole('button', { name: 'Restore a backup…' }).click();
  await rows()
    .getByRole('button', { name: /^Restore the backup of/ })
    .first()
    .click();
  await rows().getByText('is kept under another name').waitFor();
  await lookAt(page, 'backups-restore');
  await rows().getByRole('button', { name: 'Restore it' }).click();
  await page.getByText('The backup is in place, with 1 verdict').waitFor();
  await lookAt(page, 'backups-restored');
  await expect.poll(async () => (await engine.call('library.status', {})).images).toBe(96);
  expect(await engine.call('verdicts.list', {})).toHaveLength(1);
});
