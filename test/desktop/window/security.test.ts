import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processOf } from './app-processes.ts';
import { keepApp } from './app-under-test.ts';

/** One window for all tests of this file: none of them may change it. */
const session = keepApp();
const asked: string[] = [];
let server: Server;
let elsewhere: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('<h1>Elsewhere</h1>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await session.app.page.getByRole('button', { name: 'Choose a folder…' }).waitFor();
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What an expression gives in the page, or the name of the error that it throws. */
function inPage(expression: string): Promise<unknown> {
  return session.app.page.evaluate(
    `(async () => { try { return await (${expression}); } catch (error) { return error.name; } })()`,
  );
}

describe('the page has no way out of its sandbox', () => {
  it('by its preferences (points 2 to 4, 6, 8 to 12 of Electron’s list)', async () => {
    const preferences = await session.app.electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      // Electron does not document this method, which tells what a window was made with.
      const contents = window?.webContents as unknown as { getLastWebPreferences(): object };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      enableBlinkFeatures: '',
    });
  });

  it.runIf(process.platform === 'linux')('by the system calls of its process', () => {
    const status = readFileSync(`/proc/${processOf(session.app, 'page')}/status`, 'utf8');
    expect(/^Seccomp:\s+(\d)/m.exec(status)?.[1]).toBe('2');
    expect(/^NoNewPrivs:\s+(\d)/m.exec(status)?.[1]).toBe('1');
  });

  it('by Node, or by more of Electron than the bridge offers (point 20)', async () => {
    for (const name of ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron']) {
      expect(await inPage(`typeof globalThis[${JSON.stringify(name)}]`), name).toBe('undefined');
    }
    const kinds = await inPage('Object.values(window.negatoscope).map((value) => typeof value)');
    expect(new Set(kinds as string[])).toEqual(new Set(['function']));
  });
});

describe('the page loads nothing from elsewhere', () => {
  it.each([
    ['a file', () => 'file:///etc/hostname'],
    ['a server', () => `${elsewhere}/fetched`],
    ['another host of its scheme', () => 'app://elsewhere/index.html'],
  ])('by fetch from %s (points 1, 7, 18)', async (_what, address) => {
    expect(await inPage(`fetch(${JSON.stringify(address())}).then(({ status }) => status)`)).toBe(
      'TypeError',
    );
  });

  it('by a socket, an event source, a beacon, a picture or a style sheet', async () => {
    const address = JSON.stringify(elsewhere);
    const refused = `new Promise((resolve) => document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), { once: true }))`;
    const tries: readonly [string, string][] = [
      [`new WebSocket(${address}.replace('http', 'ws'))`, 'connect-src'],
      [`new EventSource(${address})`, 'connect-src'],
      [`navigator.sendBeacon(${address}, 'x')`, 'connect-src'],
      [`Object.assign(new Image(), { src: ${address} })`, 'img-src'],
      [
        `document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: ${address} }))`,
        'style-src-elem',
      ],
    ];
    for (const [attempt, directive] of tries) {
      const told = await inPage(
        `(() => { const told = ${refused}; try { ${attempt} } catch {} return told; })()`,
      );
      expect(told, attempt).toBe(directive);
    }
    expect(asked).toEqual([]);
  });

  it.each([
    '/../../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '//etc/hostname',
    '/assets/../../main/main.js',
    '/picture/..%2f..%2fpackage.json',
  ])('by a path that leads out of the page’s folder: %s', async (path) => {
    expect(
      await inPage(
        `fetch(${JSON.stringify(`app://negatoscope${path}`)}).then(({ status }) => status)`,
      ),
    ).toBe(404);
  });
});

describe('the page runs nothing but its own scripts', () => {
  it('no text as code (point 7)', async () => {
    // What a test sends to the page may use eval itself; what a timer calls later may not.
    for (const code of [`eval('1 + 1')`, `new Function('return 2')()`]) {
      await inPage(`setTimeout(() => {
        try { window.ran = ${code}; } catch (error) { window.ran = error.name; }
      })`);
      await expect.poll(() => inPage('window.ran'), { message: code }).toBe('EvalError');
      await inPage('delete window.ran');
    }
    expect(await inPage(`import('data:text/javascript,export default 2')`)).toBe('TypeError');
  });

  it('no script in the page, and no handler in an attribute', async () => {
    const ran = await inPage(`(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ranInline = true';
      document.body.append(script);
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.ranInline = true');
      document.body.append(button);
      button.click();
      script.remove();
      button.remove();
      return window.ranInline ?? 'nothing';
    })()`);
    expect(ran).toBe('nothing');
  });

  it('no other page in a frame', async () => {
    for (const address of [elsewhere, 'data:text/html,<h1>x</h1>', 'app://negatoscope/']) {
      const told = await inPage(`new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), { once: true });
        const frame = Object.assign(document.createElement('iframe'), { src: ${JSON.stringify(address)} });
        document.body.append(frame);
        setTimeout(() => { frame.remove(); resolve('loaded'); }, 5000);
      })`);
      expect(told, address).toBe('frame-src');
    }
    await session.app.page.evaluate(
      `document.querySelectorAll('iframe').forEach((frame) => frame.remove())`,
    );
  });
});

describe('the window stays on its page', () => {
  it.each([
    ['a server', () => `location.href = ${JSON.stringify(elsewhere)}`],
    ['a file', () => `location.href = 'file:///etc/hostname'`],
    ['data', () => `location.href = 'data:text/html,<h1>x</h1>'`],
    ['another host of its scheme', () => `location.href = 'app://elsewhere/'`],
    [
      'a link',
      () =>
        `(() => { const link = Object.assign(document.createElement('a'), { href: ${JSON.stringify(elsewhere)} }); document.body.append(link); link.click(); link.remove(); })()`,
    ],
    [
      'a form',
      () =>
        `(() => { const form = Object.assign(document.createElement('form'), { action: ${JSON.stringify(elsewhere)} }); document.body.append(form); form.submit(); form.remove(); })()`,
    ],
  ])('by %s (point 13)', async (_how, go) => {
    await inPage(`(() => { ${go()} })()`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const address = await session.app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
    );
    expect(address).toMatch(/^app:\/\/negatoscope\//);
    expect(asked).toEqual([]);
  });

  it('and opens no other one (point 14)', async () => {
    expect(await inPage(`window.open(${JSON.stringify(elsewhere)})`)).toBeNull();
    expect(await inPage(`window.open('about:blank')`)).toBeNull();
    const windows = await session.app.electron.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
    );
    expect(windows).toBe(1);
  });
});

describe('the page may write to the clipboard, and nothing else (point 5)', () => {
  it.each([
    'geolocation',
    'notifications',
    'camera',
    'microphone',
    'midi',
    'clipboard-read',
    'storage-access',
  ])('%s is denied', async (name) => {
    expect(
      await inPage(`navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`),
    ).toBe('denied');
  });

  it('no messages outside the window, no reading of the clipboard', async () => {
    expect(await inPage(`navigator.clipboard.readText()`)).toBe('NotAllowedError');
    expect(await inPage(`Notification.requestPermission()`)).toBe('denied');
  });
});

it('answers no frame but that of the page (point 17)', async () => {
  const told = await session.app.electron.evaluate(async ({ app, BrowserWindow, dialog }) => {
    const preload = `${app.getAppPath()}/out/preload/preload.cjs`;
    let dialogs = 0;
    dialog.showOpenDialog = () => {
      dialogs += 1;
      return Promise.resolve({ canceled: true, filePaths: ['/etc'] });
    };
    const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await foreign.loadURL('data:text/html,<h1>x</h1>');
    const answers: unknown = await foreign.webContents.executeJavaScript(`(async () => {
      let ports = 0;
      window.addEventListener('message', () => (ports += 1));
      window.negatoscope.acquireEnginePort('nonce');
      window.negatoscope.restartEngine('no-library');
      const folder = await window.negatoscope.pickFolder();
      const isShown = await window.negatoscope.showInFolder('/etc/hostname');
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return { ports, folder, isShown };
    })()`);
    foreign.destroy();
    return { answers, dialogs };
  });
  expect(told).toEqual({ answers: { ports: 0, folder: null, isShown: false }, dialogs: 0 });
});
