import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startServer } from '../../src-main/server/start-server.ts';
import type { RunningServer } from '../../src-main/server/start-server.ts';
import { emojiFolder, openTestEngine } from '../contract/engine-shells.ts';
import type { TestEngine } from '../contract/engine-shells.ts';
import { runToState } from '../contract/wait-for-job.ts';

let test: TestEngine;
let server: RunningServer;
let hash: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'negatoscope-server-'));
  const pageFolder = join(folder, 'page');
  await mkdir(join(pageFolder, 'assets'), { recursive: true });
  await writeFile(join(pageFolder, 'index.html'), '<title>page</title>');
  await writeFile(join(pageFolder, 'assets/app.js'), 'export {};');
  await writeFile(join(folder, 'secret.json'), '"secret"');
  await symlink(join(folder, 'secret.json'), join(pageFolder, 'link.json'));
  test = await openTestEngine();
  await test.engine.call('library.open', { folder: emojiFolder });
  await runToState(test.engine, 'scan', { folder: emojiFolder });
  hash = (await test.engine.call('library.samples', {})).hashes[0]!;
  server = await startServer({ engine: test.engine, pageFolder, host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await server.close();
  await test.close();
  await rm(folder, { recursive: true, force: true });
});

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request byte for byte: fetch would tidy the path and refuse to send another Host. */
function ask(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: server.port, path, headers, method });
    call.once('error', reject);
    call.once('response', (response) => {
      const { statusCode = 0, headers: answered } = response;
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('end', () =>
        resolve({ status: statusCode, headers: answered, body: Buffer.concat(parts) }),
      );
    });
    call.end();
  });
}

const bearer = (): OutgoingHttpHeaders => ({ Authorization: `Bearer ${server.token}` });

/** The HTTP status of a refused WebSocket, or 101 for one that opened. */
function openSocket(
  protocols: string[],
  headers: Record<string, string> = {},
  path = '/engine',
): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, protocols, { headers });
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
    socket.once('unexpected-response', (_request, { statusCode = 0 }) => resolve(statusCode));
    socket.once('error', () => undefined);
  });
}

describe('the server', () => {
  it('serves the page with headers that forbid eval, frames and strangers', async () => {
    const page = await ask('/');
    expect(page.status).toBe(200);
    expect(page.body.toString()).toContain('page');
    const policy = page.headers['content-security-policy'] as string;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe-eval;');
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
    expect(page.headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'x-content-type-options': 'nosniff',
    });
    expect((await ask('/assets/app.js')).headers['content-type']).toContain('text/javascript');
  });

  it('hides the token in the fragment, which browsers never send', () => {
    const url = new URL(server.url);
    expect(url.hostname).toBe('127.0.0.1');
    expect(url.hash).toBe(`#token=${server.token}`);
    expect(url.search).toBe('');
    expect(server.token.length).toBeGreaterThanOrEqual(32);
  });

  it.each([
    '/../secret.json',
    '/../../etc/passwd',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets%2f..%2f..%2fsecret.json',
    '/%00/index.html',
    '/%zz.html',
    '/link.json',
    '/assets',
    '//secret.json',
    '/..\\secret.json',
  ])('gives nothing outside the page for %s', async (path) => {
    const reply = await ask(path);
    expect(reply.status).toBe(404);
    expect(reply.body.toString()).not.toContain('secret');
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', 'localhost:1'])(
    'refuses a request for the host "%s": a name may have been bound to this address',
    async (host) => {
      expect((await ask('/', { Host: host })).status).toBe(403);
      expect((await ask(`/thumbnail/${hash}`, { Host: host, ...bearer() })).status).toBe(403);
    },
  );

  it('answers to localhost as well', async () => {
    expect((await ask('/', { Host: `localhost:${server.port}` })).status).toBe(200);
  });

  it.each(['https://evil.example', 'http://127.0.0.1:1', 'null', 'http://localhost.evil.example'])(
    'refuses scripts of the page %s even with the token',
    async (origin) => {
      expect((await ask('/session', { Origin: origin, ...bearer() }, 'POST')).status).toBe(403);
      expect(await openSocket([`token.${server.token}`], { Origin: origin })).toBe(403);
    },
  );

  it('gives pictures to the token or its cookie only, and the cookie to the token only', async () => {
    expect((await ask(`/thumbnail/${hash}`)).status).toBe(401);
    expect((await ask('/session', {}, 'POST')).status).toBe(401);
    expect((await ask('/session', { Authorization: 'Bearer x' }, 'POST')).status).toBe(401);
    expect((await ask('/session', bearer())).status).toBe(405);
    const session = await ask('/session', bearer(), 'POST');
    expect(session.status).toBe(204);
    const [cookie] = session.headers['set-cookie']!;
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    const picture = await ask(`/thumbnail/${hash}`, { Cookie: cookie!.split(';')[0] });
    expect(picture.status).toBe(200);
    expect(picture.headers).toMatchObject({ 'content-type': 'image/webp' });
    expect(picture.headers['cache-control']).toContain('immutable');
    const image = await ask(`/picture/${hash}?size=64`, bearer());
    expect(image.body.subarray(8, 12).toString()).toBe('WEBP');
  });

  it.each(['/thumbnail/abc', '/thumbnail/..%2f..', '/picture//etc/passwd', '/picture/'])(
    'has no picture %s',
    async (path) => {
      expect((await ask(path, bearer())).status).toBe(404);
    },
  );

  it('has no picture of a hash that the library lacks, or of a wrong size', async () => {
    expect((await ask(`/thumbnail/${'0'.repeat(64)}`, bearer())).status).toBe(404);
    expect((await ask(`/picture/${hash}?size=99999`, bearer())).status).toBe(404);
    expect((await ask(`/picture/${hash}?size=x`, bearer())).status).toBe(404);
  });

  it('opens the engine to the token, from its own page or from no page', async () => {
    const token = `token.${server.token}`;
    const own = { Origin: `http://127.0.0.1:${server.port}` };
    expect(await openSocket(['negatoscope', token], own)).toBe(101);
    expect(await openSocket(['negatoscope', token])).toBe(101);
    expect(await openSocket(['negatoscope'])).toBe(401);
    expect(await openSocket(['negatoscope', 'token.'])).toBe(401);
    expect(await openSocket(['negatoscope', `${token}x`])).toBe(401);
    expect(await openSocket(['negatoscope', token], { Host: 'evil.example' })).toBe(403);
    expect(await openSocket(['negatoscope', token], {}, '/other')).toBe(404);
  });

  it('closes a socket that sends what is not a message, and lives on', async () => {
    const protocols = ['negatoscope', `token.${server.token}`];
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/engine`, protocols);
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.once('open', () => socket.send(Buffer.from([0xc1])));
    expect(await closed).toBe(1003);
    expect((await ask('/')).status).toBe(200);
  });

  it('takes GET and HEAD only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await ask('/', {}, method)).status).toBe(405);
    }
    expect((await ask('/', {}, 'HEAD')).body).toHaveLength(0);
  });

  it('says so when its port is taken', async () => {
    await expect(
      startServer({
        engine: test.engine,
        pageFolder: folder,
        host: '127.0.0.1',
        port: server.port,
      }),
    ).rejects.toMatchObject({ code: 'bad-argument' });
  });
});
