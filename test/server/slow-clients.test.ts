import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeMessage } from '../../src-main/rpc/codec.ts';
import { connectServer } from '../../src-main/rpc/connect-server.ts';
import { answerTo, openRaw, upgradeLines, type RawConnection } from './raw-connection.ts';
import { openWindow, serveWithLimits, type ServedProcess } from './served-process.ts';

/** Seconds instead of minutes, and few bytes. */
const limits = {
  ...{ headersMs: 600, requestMs: 1200, silentMs: 2500, closeMs: 5000 },
  ...{ pingMs: 400, unansweredPings: 2, unreadBytes: 20_000_000 },
};

let server: ServedProcess;
beforeAll(async () => {
  server = await serveWithLimits(limits);
});
afterAll(() => server.close());

const host = (): string => `Host: 127.0.0.1:${server.port}`;
const token = (): string => `Sec-WebSocket-Protocol: negatoscope, token.${server.token}`;

async function rawWindow(): Promise<RawConnection> {
  const raw = await openRaw(server.port);
  raw.send(`${upgradeLines(server.port, token()).join('\r\n')}\r\n\r\n`);
  expect(await raw.answered()).toBe(101);
  return raw;
}

/** A frame with a mask of nothing. */
function frame(payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(0x82, 0x80 + payload.length, 0, 0, 0, 0), payload]);
}

function callFrame(method: string, id: string): Buffer {
  return frame(encodeMessage({ t: 'q', i: id, m: 'call', a: [method, {}] }));
}

describe.concurrent('a client that is slow', () => {
  it('to say anything is closed', async () => {
    const raw = await openRaw(server.port);
    expect(await raw.toEnd()).toMatch(/^$|^HTTP\/1.1 408/);
  });

  it('with its headers is told so, although it says some more now and then', async () => {
    const raw = await openRaw(server.port);
    raw.send(`GET / HTTP/1.1\r\n${host()}\r\n`);
    const drip = setInterval(() => raw.send('X: y\r\n'), 100);
    await raw.toEnd();
    clearInterval(drip);
    expect(raw.status).toBe(408);
  });

  it('with a body is not waited for', async () => {
    const lines = ['POST /session HTTP/1.1', host(), 'Content-Length: 1000000'];
    expect((await answerTo(server.port, lines)).status).toBe(413);
  });

  it('with the next request is closed', async () => {
    const raw = await openRaw(server.port);
    raw.send(`GET /nothing HTTP/1.1\r\n${host()}\r\n\r\n`);
    await raw.toEnd();
    expect(raw.status).toBe(404);
  });

  it('to answer pings is closed, and one that answers is not', async () => {
    const living = await openWindow(server);
    const dead = await rawWindow();
    await dead.toEnd();
    expect(living.readyState).toBe(living.OPEN);
    living.terminate();
  });

  it('to read answers is closed once nothing of them has moved for a while', async () => {
    const raw = await rawWindow();
    raw.stopReading();
    // More than the network between the two holds.
    for (let id = 0; id < 800; id++) raw.send(callFrame('library.samples', `${id}`));
    await wait(2 * limits.silentMs);
    raw.readOn();
    await raw.toEnd();
  });

  it('to read far too much is told so, and keeps no one else waiting', async () => {
    const kept = await connectServer(server.origin, server.token);
    const raw = await rawWindow();
    raw.stopReading();
    for (let id = 0; id < 4000; id++) raw.send(callFrame('library.samples', `${id}`));
    await wait(1000);
    expect(await kept.call('library.status', {})).toMatchObject({ images: 96 });
    raw.readOn();
    expect((await raw.toEnd()).slice(-100)).toContain('The answers to this client were not read');
    expect(await kept.call('library.status', {})).toMatchObject({ images: 96 });
    kept.close();
  });
});
