import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerTo, openRaw, upgradeLines } from './raw-connection.ts';
import { serveByCommand, type ServedProcess } from './served-process.ts';

let server: ServedProcess;
beforeAll(async () => {
  server = await serveByCommand();
});
afterAll(() => server.close());

const host = (): string => `Host: 127.0.0.1:${server.port}`;
const bearer = (): string => `Authorization: Bearer ${server.token}`;
const close = 'Connection: close';

/** The status of an answer to a request whose Host header is this one. */
async function statusFor(hosts: readonly string[], line = 'GET / HTTP/1.1'): Promise<number> {
  const headers = hosts.map((name) => `Host: ${name.replace('PORT', String(server.port))}`);
  return (await answerTo(server.port, [line, ...headers, bearer(), close])).status;
}

describe('a name that was bound to this machine', () => {
  it.each(['127.0.0.1:PORT', 'localhost:PORT', 'LOCALHOST:PORT', '[::1]:PORT'])(
    'is not %s, by which the server is called',
    async (name) => {
      expect(await statusFor([name])).toBe(200);
    },
  );

  it.each([
    'evil.example:PORT',
    'localhost.:PORT',
    '127.0.0.1.:PORT',
    '127.0.0.1.evil.example:PORT',
    'evil.example@127.0.0.1:PORT',
    '127.0.0.1:PORT@evil.example',
    '127.0.0.1:PORT.evil.example',
    '127.1:PORT',
    '2130706433:PORT',
    '0x7f000001:PORT',
    '0177.0.0.1:PORT',
    '0.0.0.0:PORT',
    '[::]:PORT',
    '[::ffff:127.0.0.1]:PORT',
    '[0:0:0:0:0:0:0:1]:PORT',
    '[::1%25lo]:PORT',
    '::1:PORT',
    '127.0.0.1:0PORT',
    '127.0.0.1',
    '',
  ])('is refused as “%s”', async (name) => {
    expect(await statusFor([name])).toBe(403);
    expect(await statusFor([name], 'POST /session HTTP/1.1')).toBe(403);
  });

  it('is refused beside an allowed one, and where there is none', async () => {
    expect(await statusFor(['127.0.0.1:PORT', 'evil.example'])).toBeOneOf([400, 403]);
    expect(await statusFor(['evil.example', '127.0.0.1:PORT'])).toBeOneOf([400, 403]);
    expect(await statusFor([])).toBe(400);
    expect(await statusFor([], 'GET / HTTP/1.0')).toBe(403);
  });

  it('is refused in the address itself, as a proxy is asked', async () => {
    for (const address of [`http://evil.example/`, `http://127.0.0.1:${server.port}/`, '*', 'x']) {
      expect(await statusFor(['127.0.0.1:PORT'], `GET ${address} HTTP/1.1`)).toBeOneOf([400, 404]);
    }
    const tunnel = await answerTo(server.port, ['CONNECT evil.example:80 HTTP/1.1', host()]);
    expect(tunnel.heard).not.toContain('200');
  });
});

describe('a page of another site', () => {
  const fetched = (...headers: readonly string[]): string[] => [host(), close, ...headers];
  const script = ['Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: script'];

  it.each([
    'http://evil.example',
    'null',
    'file://',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'https://127.0.0.1:PORT',
    'http://127.0.0.1:PORT.evil.example',
    'http://127.0.0.1:PORT@evil.example',
    'http://evil.example@127.0.0.1:PORT',
    'http://app.localhost:PORT',
    'http://localhost.:PORT',
    'http://0177.0.0.1:PORT',
    'http://127.0.0.1:PORT/',
    'http://127.0.0.1:PORT, http://evil.example',
    'app://negatoscope',
    '',
  ])('is refused from “%s”, by a WebSocket and by a form', async (name) => {
    const origin = `Origin: ${name.replaceAll('PORT', String(server.port))}`;
    const token = `Sec-WebSocket-Protocol: negatoscope, token.${server.token}`;
    const socket = await answerTo(server.port, upgradeLines(server.port, origin, token));
    expect(socket.status).toBe(403);
    const form = ['POST /session HTTP/1.1', ...fetched(origin, bearer())];
    expect((await answerTo(server.port, form)).status).toBe(403);
  });

  it.each(['cross-site', 'same-site'])('%s loads no part of the page', async (site) => {
    const from = `Sec-Fetch-Site: ${site}`;
    const load = async (...lines: string[]): Promise<number> =>
      (await answerTo(server.port, lines)).status;
    expect(await load('GET / HTTP/1.1', ...fetched(from, ...script))).toBe(403);
    const frame = ['Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe'];
    expect(await load('GET / HTTP/1.1', ...fetched(from, ...frame))).toBe(403);
    const link = ['Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'];
    expect(await load('POST / HTTP/1.1', ...fetched(from, ...link))).toBe(403);
    // A person who follows a link to an anchor.
    expect(await load('GET / HTTP/1.1', ...fetched(from, ...link))).toBe(200);
  });

  it('gets no session by a form, nor one by the cookie', async () => {
    const session = await answerTo(server.port, [
      'POST /session HTTP/1.1',
      ...fetched(bearer(), 'Sec-Fetch-Site: same-origin'),
    ]);
    const [, cookie = ''] = /Set-Cookie: ([^;]+);/i.exec(session.heard) ?? [];
    expect(cookie).not.toContain(server.token);
    const again = ['POST /session HTTP/1.1', ...fetched(`Cookie: ${cookie}`)];
    expect((await answerTo(server.port, again)).status).toBe(401);
    // Another server of this machine gets the cookie, too: it must not lead to the engine.
    const socket = upgradeLines(server.port, `Cookie: ${cookie}`);
    expect((await answerTo(server.port, socket)).status).toBe(401);
    const picture = [`GET /thumbnail/${'0'.repeat(64)} HTTP/1.1`, ...fetched(`Cookie: ${cookie}`)];
    expect((await answerTo(server.port, picture)).status).toBe(404);
  });
});

describe('a request that two programs read in two ways', () => {
  const hidden = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n';

  it.each([
    ['a length beside chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['two lengths', ['Content-Length: 0', `Content-Length: ${hidden.length}`], ''],
    ['a length with a sign', ['Content-Length: +0'], ''],
    ['an unknown coding', ['Transfer-Encoding: xchunked'], ''],
    ['chunks twice', ['Transfer-Encoding: chunked, chunked'], '0\r\n\r\n'],
    ['a blank before the colon', ['Content-Length : 0'], ''],
    ['a folded line', ['X: 1', ' Content-Length: 0'], ''],
    ['a lone line feed', ['X: 1\nContent-Length: 0'], ''],
    ['a lone carriage return', ['X: 1\rContent-Length: 0'], ''],
    ['a NUL', ['X: \0'], ''],
    ['chunks with a wrong length', ['Transfer-Encoding: chunked'], '0x5\r\nhello\r\n0\r\n\r\n'],
  ])('is refused: %s', async (_what, headers, body) => {
    const raw = await openRaw(server.port);
    raw.send(`POST / HTTP/1.1\r\n${host()}\r\n${headers.join('\r\n')}\r\n\r\n${body}${hidden}`);
    const heard = await raw.toEnd();
    expect(raw.status).toBeOneOf([400, 413]);
    // One answer only: what stands behind it is no request.
    expect(heard.split('HTTP/1.1 ')).toHaveLength(2);
  });

  it('is refused with any body at once, read or not', async () => {
    for (const more of [
      'Content-Length: 1',
      'Transfer-Encoding: chunked',
      'Expect: 100-continue',
    ]) {
      const length = more.startsWith('Expect') ? ['Content-Length: 9999999999'] : [];
      const post = ['POST /session HTTP/1.1', host(), bearer(), ...length, more];
      const { status, heard } = await answerTo(server.port, post);
      expect(status).toBe(413);
      expect(heard).toContain('takes no request with a body');
    }
  });

  it('does not begin while its own connection waits for too many answers', async () => {
    const raw = await openRaw(server.port);
    raw.send(`GET / HTTP/1.1\r\n${host()}\r\n\r\n`.repeat(1000));
    const heard = await raw.toEnd();
    expect(heard).toContain('HTTP/1.1 503');
    expect(heard.split('HTTP/1.1 200').length).toBeLessThan(5);
  });
});

describe('a path', () => {
  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/%252e%252e/package.json',
    '/..%5c..%5cpackage.json',
    '/..\\..\\package.json',
    '/assets/..%c0%afpackage.json',
    '/index.html%00.png',
    '/index.html%00',
    '/%00',
    '/./%2e/%2e%2e/package.json',
    '//etc/passwd.json',
    '/%2fetc%2fhostname.json',
    '/C:%5cWindows%5cwin.json',
    '/index.html::$DATA',
    '/%',
    '/%u002e%u002e/package.json',
    '/.html',
    '/assets/',
    '/assets',
  ])('%s leads to nothing', async (path) => {
    const { status, heard } = await answerTo(server.port, [`GET ${path} HTTP/1.1`, host(), close]);
    expect(status).toBe(404);
    expect(heard).not.toContain('"name": "negatoscope"');
  });

  it('of some length is refused, and so are many headers', async () => {
    const long = `GET /${'a'.repeat(15_000)} HTTP/1.1`;
    expect((await answerTo(server.port, [long, host(), close])).status).toBe(404);
    const longer = `GET /${'a'.repeat(17_000)} HTTP/1.1`;
    expect((await answerTo(server.port, [longer, host(), close])).status).toBe(431);
    const many = Array.from({ length: 5000 }, (_, index) => `X-${index}: y`);
    expect((await answerTo(server.port, ['GET / HTTP/1.1', host(), ...many])).status).toBe(431);
  });
});

it('takes no other method', async () => {
  for (const method of ['TRACE', 'TRACK', 'PROPFIND', 'PATCH', 'OPTIONS', 'get', 'POST']) {
    const asked = await answerTo(server.port, [`${method} / HTTP/1.1`, host(), close]);
    expect(asked.status).toBeOneOf([400, 405]);
    expect(asked.heard).not.toMatch(/Access-Control-Allow/i);
  }
});

it('tells no page where a reader comes from, and the token to nobody', async () => {
  const token = server.token;
  const asked = await Promise.all([
    answerTo(server.port, ['GET / HTTP/1.1', host(), close]),
    answerTo(server.port, ['GET /nothing HTTP/1.1', host(), close]),
    answerTo(server.port, ['GET / HTTP/1.1', 'Host: evil.example', close]),
    answerTo(server.port, ['DELETE / HTTP/1.1', host(), bearer(), close]),
    answerTo(server.port, ['POST /session HTTP/1.1', host(), bearer(), close]),
    answerTo(server.port, [`GET /?token=${token} HTTP/1.1`, host(), close]),
    answerTo(server.port, [`GET /picture/${'0'.repeat(64)} HTTP/1.1`, host(), close]),
    answerTo(server.port, upgradeLines(server.port, 'Origin: http://evil.example')),
  ]);
  for (const { heard } of asked) {
    expect(heard).toMatch(/Referrer-Policy: no-referrer/i);
    expect(heard).toMatch(/X-Content-Type-Options: nosniff/i);
    expect(heard).not.toContain(token);
  }
  expect(server.said()).not.toContain(token);
});
