import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../../src-main/server/start-server.ts';
import { openTestEngine } from '../../contract/engine-shells.ts';
import { copyEmojiLibrary } from '../../libraries/emoji-library.ts';
import { newHome, startApp } from './app-under-test.ts';
import { waitForLibrary } from './open-folder.ts';

it('says that a remote engine is gone, finds it when it runs again, and throws nothing', async () => {
  const opened = await openTestEngine();
  onTestFinished(() => opened.close());
  const { engine } = opened;
  const { file } = await copyEmojiLibrary('raw pixels', await newHome());
  await engine.call('library.open', { file });
  const where = { engine, pageFolder: null, host: '127.0.0.1', port: 0 };
  const server = await startServer(where);
  const app = await startApp({ env: { NEGATOSCOPE_ENGINE: server.url } });
  const { name } = await engine.call('library.status', {});
  await waitForLibrary(app, name);
  const title = () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
  await expect.poll(title).toBe(`${name} – Negatoscope on 127.0.0.1:${server.port}`);
  await server.close();
  const banner = app.page.getByRole('alert').filter({ hasText: 'tries to connect again' });
  await banner
    .filter({ hasText: `The engine at 127.0.0.1:${server.port} does not answer` })
    .waitFor();
  const again = await startServer({ ...where, port: server.port, token: server.token });
  onTestFinished(() => again.close());
  await banner.waitFor({ state: 'detached' });
  await waitForLibrary(app, name);
  expect(app.terminal()).not.toMatch(/Error|\n\s+at /);
});
