import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import type { EngineClient } from '../../src-main/contract/client.ts';
import { encodedChannel } from '../../src-main/rpc/byte-channel.ts';
import { connectChannel } from '../../src-main/rpc/connect-channel.ts';
import { connectServer } from '../../src-main/rpc/connect-server.ts';
import { eventPort, portBytes } from '../../src-main/rpc/port-bytes.ts';
import { serveChannel } from '../../src-main/rpc/serve-channel.ts';
import { socketChannel } from '../../src-main/rpc/socket-channel.ts';
import { startServer } from '../../src-main/server/start-server.ts';

/** An engine that never answers. */
function silentEngine(): EngineClient & { listeners: number } {
  return {
    listeners: 0,
    call: () => new Promise(() => undefined),
    on() {
      this.listeners++;
      return () => {
        this.listeners--;
      };
    },
  };
}

describe('a channel that closes', () => {
  it('rejects calls that wait, and those made later, over a MessagePort', async () => {
    const engine = silentEngine();
    const { port1, port2 } = new MessageChannel();
    serveChannel(engine, encodedChannel(portBytes(eventPort(port1))));
    const client = connectChannel(encodedChannel(portBytes(eventPort(port2))));
    const waiting = client.call('library.status', {});
    const closed = new Promise<void>((resolve) => client.onClose(resolve));
    port1.close();
    await expect(waiting).rejects.toMatchObject({ code: 'disconnected' });
    await expect(client.call('jobs.list', {})).rejects.toMatchObject({ code: 'disconnected' });
    await closed;
    expect(engine.listeners).toBe(0);
  });

  it('rejects calls that wait when the server ends, over a WebSocket', async () => {
    const engine = silentEngine();
    const server = await startServer({
      engine,
      pageFolder: import.meta.dirname,
      host: '127.0.0.1',
      port: 0,
    });
    const client = await connectServer(`http://127.0.0.1:${server.port}`, server.token);
    const waiting = client.call('library.status', {});
    const rejected = expect(waiting).rejects.toMatchObject({ code: 'disconnected' });
    await server.close();
    await rejected;
    await expect(client.call('jobs.list', {})).rejects.toMatchObject({ code: 'disconnected' });
    await expect.poll(() => engine.listeners).toBe(0);
  });

  it('sends nothing into a WebSocket that is closing, and rejects the call when it is closed', async () => {
    const server = await startServer({
      engine: silentEngine(),
      pageFolder: import.meta.dirname,
      host: '127.0.0.1',
      port: 0,
    });
    const protocols = ['negatoscope', `token.${server.token}`];
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/engine`, protocols);
    await once(socket, 'open');
    const send = vi.spyOn(socket, 'send');
    const client = connectChannel(socketChannel(socket));
    socket.close();
    await expect(client.call('library.status', {})).rejects.toMatchObject({ code: 'disconnected' });
    expect(send).not.toHaveBeenCalled();
    await server.close();
  });

  it('does not open with a wrong token, or where nobody listens', async () => {
    const engine = silentEngine();
    const server = await startServer({
      engine,
      pageFolder: import.meta.dirname,
      host: '127.0.0.1',
      port: 0,
    });
    const origin = `http://127.0.0.1:${server.port}`;
    await expect(connectServer(origin, 'wrong')).rejects.toMatchObject({ code: 'disconnected' });
    await server.close();
    await expect(connectServer(origin, server.token)).rejects.toMatchObject({
      code: 'disconnected',
    });
  });
});
