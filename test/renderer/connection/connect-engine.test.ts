import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectEngine } from '../../../src-renderer/connection/connect-engine.ts';
import { desktopBridge, enginePort } from '../../../src-renderer/connection/desktop-bridge.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page in a browser at this address, and what its browser keeps for it. */
function openPage(address: string, kept: Record<string, string> = {}): Map<string, string> {
  const store = new Map(Object.entries(kept));
  vi.stubGlobal('window', {});
  vi.stubGlobal('location', new URL(address));
  vi.stubGlobal('history', {
    state: null,
    replaceState: (_state: unknown, _title: string, to: string) =>
      vi.stubGlobal('location', new URL(to, address)),
  });
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => store.get(name) ?? null,
    setItem: (name: string, value: string) => store.set(name, value),
  });
  return store;
}

const keptToken = 'negatoscope-token';

describe('the way to the engine from a browser', () => {
  it('begins with the token of the address, and ends there where the server does not know it', async () => {
    const asked: unknown[][] = [];
    const kept = openPage('http://127.0.0.1:4000/#token=abc', { [keptToken]: 'good' });
    vi.stubGlobal('fetch', (...question: unknown[]) => {
      asked.push(question);
      return Promise.resolve(new Response(null, { status: 401 }));
    });
    await expect(connectEngine()).rejects.toMatchObject({
      code: 'disconnected',
      message: expect.stringContaining('does not know this page’s token') as string,
    });
    expect(asked).toEqual([
      ['/session', { method: 'POST', headers: { Authorization: 'Bearer abc' } }],
    ]);
    // A wrong token that someone put into a link takes the place of no right one.
    expect(kept.get(keptToken)).toBe('good');
    expect(location.hash).toBe('#token=abc');
  });

  it('is told to be closed where nobody answers', async () => {
    openPage('http://127.0.0.1:4000/#token=abc');
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
    await expect(connectEngine()).rejects.toMatchObject({
      code: 'disconnected',
      message: expect.stringContaining('The engine does not answer') as string,
    });
  });

  it.each([
    [
      'http://127.0.0.1:4000/#token=abc',
      'ws://127.0.0.1:4000/engine',
      ['negatoscope', 'token.abc'],
      'http://127.0.0.1:4000/',
    ],
    [
      'http://127.0.0.1:4000/?a=b#compare=1,2&token=abc&pay=2',
      'ws://127.0.0.1:4000/engine',
      ['negatoscope', 'token.abc'],
      'http://127.0.0.1:4000/?a=b#compare=1%2C2&pay=2',
    ],
    ['https://example.org/?a=b#', 'wss://example.org/engine', ['negatoscope'], null],
  ])('leads from %s to %s', async (page, address, protocols, shown) => {
    const opened: unknown[][] = [];
    const kept = openPage(page);
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 200 })));
    class RefusedSocket extends EventTarget {
      constructor(to: URL, names: readonly string[]) {
        super();
        opened.push([to.href, names]);
        queueMicrotask(() => this.dispatchEvent(new Event('error')));
      }
    }
    vi.stubGlobal('WebSocket', RefusedSocket);
    await expect(connectEngine()).rejects.toMatchObject({ code: 'disconnected' });
    expect(opened).toEqual([[address, protocols]]);
    expect(kept.get(keptToken)).toBe(shown === null ? undefined : 'abc');
    expect(location.href).toBe(shown ?? page);
  });

  it('is found by the token that the server took before, where the address has none', async () => {
    openPage('http://127.0.0.1:4000/#anchor=abcdef', { [keptToken]: 'kept' });
    const asked: unknown[] = [];
    vi.stubGlobal('fetch', (_to: string, { headers }: RequestInit) => {
      asked.push(headers);
      return Promise.resolve(new Response(null, { status: 401 }));
    });
    await expect(connectEngine()).rejects.toMatchObject({ code: 'disconnected' });
    expect(asked).toEqual([{ Authorization: 'Bearer kept' }]);
  });
});

describe('the way to the engine from the desktop shell', () => {
  it('is there only in the shell', () => {
    vi.stubGlobal('window', {});
    expect(desktopBridge()).toBeNull();
    const negatoscope = {};
    vi.stubGlobal('window', { negatoscope });
    expect(desktopBridge()).toBe(negatoscope);
  });

  it('is the port that comes from this window with the nonce that was asked for', async () => {
    const page = new EventTarget();
    vi.stubGlobal('window', page);
    const send = (nonce: string, source: unknown, ports: readonly MessagePort[]): void => {
      page.dispatchEvent(
        Object.assign(new Event('message'), { data: { nonce, refusal: null }, source, ports }),
      );
    };
    const { port1, port2 } = new MessageChannel();
    const port = enginePort({
      acquireEnginePort: (nonce: string) => {
        send('another', page, [port2]);
        send(nonce, {}, [port2]);
        send(nonce, page, []);
        send(nonce, page, [port1]);
        send(nonce, page, [port2]);
      },
    } as Parameters<typeof enginePort>[0]);
    expect(await port).toBe(port1);
    port1.close();
  });

  it('is refused where the shell has none, and says why', async () => {
    const page = new EventTarget();
    vi.stubGlobal('window', page);
    const refusal = { sentence: 'The engine ended 3 times.', log: 'no such file', isFinal: true };
    const port = enginePort({
      acquireEnginePort: (nonce: string) => {
        const message = { data: { nonce, refusal }, source: page, ports: [] };
        page.dispatchEvent(Object.assign(new Event('message'), message));
      },
    } as Parameters<typeof enginePort>[0]);
    await expect(port).rejects.toMatchObject({ message: refusal.sentence, refusal });
  });
});
