import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectServer } from '../../src-main/rpc/connect-server.ts';
import { serverLimits } from '../../src-main/server/limits.ts';
import { answerTo, openRaw, upgradeLines, type RawConnection } from './raw-connection.ts';
import { megabytesOf, serveByCommand, type ServedProcess } from './served-process.ts';

const isLinux = process.platform === 'linux';
const { strangers, acquaintances } = serverLimits;
const count = 1000;

let server: ServedProcess;
beforeAll(async () => {
  server = await serveByCommand();
});
afterAll(() => server.close());

async function openMany(): Promise<RawConnection[]> {
  const opened: RawConnection[] = [];
  for (let number = 0; number < count; number++) opened.push(await openRaw(server.port));
  return opened;
}

/** Milliseconds until a new window has an answer of the engine. */
async function windowMs(): Promise<number> {
  const start = performance.now();
  const client = await connectServer(server.origin, server.token);
  expect(await client.call('library.status', {})).toMatchObject({ images: 96 });
  client.close();
  return performance.now() - start;
}

describe(`${count} connections at once`, () => {
  it('that say nothing: the newest stay, the others are told why they do not, a window works', async () => {
    const client = await connectServer(server.origin, server.token);
    const opened = await openMany();
    await expect
      .poll(() => opened.filter(({ isClosed }) => isClosed).length)
      .toBeGreaterThanOrEqual(count - strangers);
    const told = opened.filter(({ isClosed }) => isClosed);
    expect(told.length).toBeLessThanOrEqual(count - strangers + 1);
    expect(told.every(({ status }) => status === 503)).toBe(true);
    expect(told[0]?.heard).toContain('Too many connections are open.');
    expect(await windowMs()).toBeLessThan(5000);
    expect(await client.call('library.status', {})).toMatchObject({ images: 96 });
    client.close();
    for (const one of opened) one.reset();
  });

  it('that never end their headers, or read no answer: the same', async () => {
    const opened = await openMany();
    for (const [index, one] of opened.entries()) {
      if (index % 2 === 0) one.send('GET / HTTP/1.1\r\nHost: ');
      else {
        one.stopReading();
        one.send(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
      }
    }
    expect(await windowMs()).toBeLessThan(5000);
    for (const one of opened) one.reset();
  });

  it('with the token: some are served, the others are refused, a window works', async () => {
    const opened = await openMany();
    const lines = ['GET / HTTP/1.1', `Host: 127.0.0.1:${server.port}`];
    const request = [...lines, `Authorization: Bearer ${server.token}`, '', ''].join('\r\n');
    const kept = opened.filter(({ isClosed }) => !isClosed);
    // They come one by one, so that none is taken for a stranger who is too many.
    const more = await Promise.all(Array.from({ length: acquaintances }, () => openKnown(request)));
    const known = [...kept, ...more];
    for (const one of kept) one.send(request);
    await expect.poll(() => known.filter(({ status }) => status === 503).length).toBeGreaterThan(0);
    const refused = known.filter(({ status }) => status === 503);
    expect(known.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(acquaintances);
    expect(refused[0]?.heard).toContain('Too many connections');
    expect(await windowMs()).toBeLessThan(5000);
    for (const one of [...opened, ...more]) one.reset();
  });

  async function openKnown(request: string): Promise<RawConnection> {
    const one = await openRaw(server.port);
    one.send(request);
    expect(await one.answered()).toBeGreaterThan(0);
    return one;
  }

  it('take no more memory than some, and leave no connection behind', async () => {
    expect(server.lives()).toBe(true);
    if (!isLinux) return;
    expect(megabytesOf(server, 'at most')).toBeLessThan(mostMegabytes);
    await expect.poll(() => openFiles(server)).toBeLessThan(100);
  });
});

/** It was 165 when this was written, 142 of them before any attack. */
const mostMegabytes = 400;

function openFiles({ pid }: ServedProcess): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

it('guesses at the token are refused one connection each, and keep no window waiting', async () => {
  const until = performance.now() + 2000;
  let guesses = 0;
  async function guess(): Promise<void> {
    while (performance.now() < until) {
      const token = `token.${String(guesses++).padStart(32, '0')}`;
      const lines = upgradeLines(server.port, `Sec-WebSocket-Protocol: negatoscope, ${token}`);
      const socket = await answerTo(server.port, lines);
      const bearer = `Authorization: Bearer ${token}`;
      const host = `Host: 127.0.0.1:${server.port}`;
      const form = await answerTo(server.port, ['POST /session HTTP/1.1', host, bearer]);
      expect([socket.status, form.status]).toEqual([401, 401]);
      guesses += 1;
    }
  }
  const guessing = Promise.all(Array.from({ length: 20 }, guess));
  expect(await windowMs()).toBeLessThan(2000);
  await guessing;
  expect(guesses).toBeGreaterThan(100);
  expect(server.said()).not.toMatch(/token|Error/);
});
