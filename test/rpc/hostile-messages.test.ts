import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { decodeMessage, encodeMessage } from '../../src-main/rpc/codec.ts';
import { startServer } from '../../src-main/server/start-server.ts';
import type { RunningServer } from '../../src-main/server/start-server.ts';
import { openTestEngine } from '../contract/engine-shells.ts';
import type { TestEngine } from '../contract/engine-shells.ts';

let test: TestEngine;
let server: RunningServer;

beforeAll(async () => {
  test = await openTestEngine();
  server = await startServer({ engine: test.engine, pageFolder: null, host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await server.close();
  await test.close();
});

async function openSocket(): Promise<WebSocket> {
  const protocols = ['negatoscope', `token.${server.token}`];
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/engine`, protocols);
  await once(socket, 'open');
  return socket;
}

/** What the engine answers to a call, which must be answered whatever came before. */
function answers(socket: WebSocket): Promise<unknown> {
  const answered = new Promise((resolve) => {
    socket.on('message', (bytes: Buffer) => {
      const message = decodeMessage(new Uint8Array(bytes)) as { i?: string; r?: unknown };
      if (message.i === 'last') resolve(message.r);
    });
  });
  socket.send(encodeMessage({ t: 'q', m: 'call', a: ['runs.list', {}], i: 'last' }));
  return answered;
}

const noRuns = { ok: [] };

describe('a client that sends what it must not', () => {
  it('loses its connection, and nobody else does, by a frame that is none', async () => {
    const other = await openSocket();
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      [
        'GET /engine HTTP/1.1',
        `Host: 127.0.0.1:${server.port}`,
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==',
        `Sec-WebSocket-Protocol: negatoscope, token.${server.token}`,
        '\r\n',
      ].join('\r\n'),
    );
    await once(socket, 'data');
    socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    await once(socket, 'close');
    expect(await answers(other)).toEqual(noRuns);
    other.close();
  });

  it.each([
    'valueOf',
    'constructor',
    '__proto__',
    'toString',
    '__lookupGetter__',
    'hasOwnProperty',
  ])('gets no further by a function that every object has: %s', async (m) => {
    const socket = await openSocket();
    for (const a of [[], ['call'], 'call', null, [{ length: 1e9 }]]) {
      socket.send(encodeMessage({ t: 'q', m, a, i: 'first' }));
    }
    expect(await answers(socket)).toEqual(noRuns);
    socket.close();
  });
});
