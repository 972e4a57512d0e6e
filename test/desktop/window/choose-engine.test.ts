import { expect, it, onTestFinished } from 'vitest';
import { startKeptServer } from '../../../src-main/server/kept-address.ts';
import type { RunningServer } from '../../../src-main/server/start-server.ts';
import { emojiFolder, openTestEngine } from '../../contract/engine-shells.ts';
import { seriousViolations } from '../../e2e/accessibility.ts';
import { startApp, type AppUnderTest } from './app-under-test.ts';
import { clickMenu } from './menu-item.ts';

/** An engine on the emoji, and servers of it as `negatoscope serve` starts them. */
async function emojiServers(): Promise<() => Promise<RunningServer>> {
  const opened = await openTestEngine();
  onTestFinished(() => opened.close());
  const { engine, dataFolder } = opened;
  await engine.call('library.open', { folder: emojiFolder });
  await engine.call('jobs.start', { kind: 'scan', input: { folder: emojiFolder } });
  await expect.poll(async () => (await engine.call('library.status', {})).images).toBe(96);
  const options = { engine, pageFolder: null, host: '127.0.0.1', port: 0 };
  return async () => {
    const server = await startKeptServer(dataFolder, options);
    onTestFinished(() => server.close().catch(() => undefined));
    return server;
  };
}

const lineOf = ({ origin, token }: RunningServer): string => `${origin}/#token=${token}`;

/** As on a desktop with a keyring: what stands at the system's border. */
async function giveKeyring({ electron }: AppUnderTest): Promise<void> {
  await electron.evaluate(({ safeStorage }) => {
    Object.assign(safeStorage, {
      isEncryptionAvailable: () => true,
      getSelectedStorageBackend: () => 'gnome_libsecret',
      encryptString: (text: string) => Buffer.from(text).reverse(),
      decryptString: (bytes: Buffer) => Buffer.from(bytes).reverse().toString(),
    });
  });
}

const titleOf = ({ electron }: AppUnderTest): Promise<string | undefined> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());

it('a remote engine is opened by the line that serve printed; a wrong one changes nothing', async () => {
  const serve = await emojiServers();
  const server = await serve();
  const host = new URL(server.origin).host;
  const app = await startApp();
  const { page } = app;
  await page.getByRole('button', { name: 'The engine runs on this computer: change' }).waitFor();
  await clickMenu(app, 'Open Remote Engine…');
  const dialog = page.getByRole('dialog', { name: 'Where the engine runs' });
  const address = dialog.getByLabel('Address, or the whole line');
  await dialog.locator('input:focus').waitFor();
  expect(await address.and(dialog.locator('input:focus')).count()).toBe(1);
  await address.fill('http://127.0.0.1:9/#token=abc');
  expect(await address.inputValue()).toBe('http://127.0.0.1:9/');
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').getByText('The engine at 127.0.0.1:9 does not answer').waitFor();
  await address.fill(`${server.origin}/#token=wrong`);
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').getByText('does not know this token').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect(await titleOf(app)).toBe('Negatoscope');

  await address.fill(`The page is at ${lineOf(server)} until Ctrl+C`);
  expect(await dialog.getByLabel('Token', { exact: true }).inputValue()).toBe(server.token);
  // Xvfb's session has no keyring.
  expect(await dialog.getByRole('checkbox').isDisabled()).toBe(true);
  await dialog.getByText('this system has no keyring').waitFor();
  await dialog.getByRole('button', { name: 'Use this engine' }).click();
  await page.getByText('96 pictures · 8 labels').waitFor();
  await expect.poll(() => titleOf(app)).toBe(`emoji – Negatoscope on ${host}`);

  await page.getByRole('button', { name: `The engine runs on ${host}: change` }).click();
  await dialog.getByText('in use').waitFor();
  await dialog.getByRole('button', { name: 'Use this computer’s engine' }).click();
  await page.getByRole('button', { name: 'The engine runs on this computer: change' }).click();
  await expect.poll(() => titleOf(app)).toBe('Negatoscope');
  // It was used before, so that its token is known until the app ends.
  await dialog.getByRole('button', { name: host, exact: false }).first().click();
  await page.getByText('96 pictures · 8 labels').waitFor();

  await server.close();
  await page.getByText(`The connection to the engine at ${host} was lost.`).waitFor();
  const again = await serve();
  expect(new URL(again.origin).host).toBe(host);
  await page.getByText('was lost').waitFor({ state: 'detached' });
  await page.getByText('96 pictures · 8 labels').waitFor();
});

it('the next start uses this computer’s engine, or the remote one where that was asked for', async () => {
  const server = await (await emojiServers())();
  const host = new URL(server.origin).host;
  const first = await startApp();
  await giveKeyring(first);
  await first.page
    .getByRole('button', { name: 'The engine runs on this computer: change' })
    .click();
  await first.page.getByLabel('Address, or the whole line').fill(lineOf(server));
  await first.page.getByRole('button', { name: 'Use this engine' }).click();
  await first.page.getByText('96 pictures · 8 labels').waitFor();
  await first.close();

  const second = await startApp({ home: first.home });
  await second.page
    .getByRole('button', { name: 'The engine runs on this computer: change' })
    .click();
  // The real vault of this session opens nothing.
  await second.page.getByRole('button', { name: /asks for its token/ }).waitFor();
  await giveKeyring(second);
  await second.page.getByRole('button', { name: 'Cancel' }).click();
  await second.page
    .getByRole('button', { name: 'The engine runs on this computer: change' })
    .click();
  const known = second.page.getByRole('button', { name: host, exact: true });
  await known.waitFor();
  await second.page.getByLabel('Use it at the next start, too').check();
  await second.page.getByLabel('Address, or the whole line').fill(lineOf(server));
  await second.page.getByRole('button', { name: 'Use this engine' }).click();
  await second.page.getByText('96 pictures · 8 labels').waitFor();
  await second.page.getByRole('button', { name: `The engine runs on ${host}: change` }).click();
  await second.page.getByText('in use · at each start').waitFor();
});
