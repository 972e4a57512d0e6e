import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import type { EngineClient } from '../../src-main/contract/client.ts';
import { createEngine } from '../../src-main/engine/engine.ts';
import type { Engine, EngineOptions } from '../../src-main/engine/engine.ts';
import { encodedChannel } from '../../src-main/rpc/byte-channel.ts';
import { connectChannel } from '../../src-main/rpc/connect-channel.ts';
import { connectServer } from '../../src-main/rpc/connect-server.ts';
import { FramedStream } from '../../src-main/rpc/framed-stream.ts';
import { eventPort, portBytes } from '../../src-main/rpc/port-bytes.ts';
import { serveChannel } from '../../src-main/rpc/serve-channel.ts';
import { startServer } from '../../src-main/server/start-server.ts';

export const emojiFolder = join(import.meta.dirname, '../fixtures/emoji');

/** An engine on a new data folder, which `close` removes. */
export async function openTestEngine(options: Partial<EngineOptions> = {}): Promise<TestEngine> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'negatoscope-engine-'));
  const settings = {
    dataFolder,
    modelFolder: dataFolder,
    workingFolder: dataFolder,
    now: () => Date.now(),
    ...options,
  };
  const engine = createEngine(settings);
  const close = async (): Promise<void> => {
    await engine.close();
    await rm(dataFolder, { recursive: true, force: true });
  };
  return { engine, dataFolder, options: settings, close };
}

export interface TestEngine {
  readonly engine: Engine;
  readonly dataFolder: string;
  readonly options: EngineOptions;
  close(): Promise<void>;
}

export interface ShellClient {
  readonly client: EngineClient;
  close(): Promise<void>;
}

function ignore(): void {
  // The end of the app opens every channel.
}

/** Two ends of one stream. */
async function connectedSockets(): Promise<[Socket, Socket]> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const ours = connect(port, '127.0.0.1');
  const [theirs] = await accepted;
  server.close();
  return [ours, theirs];
}

/** The ways to an engine: the contract is the same by all of them. */
export const shells: Readonly<Record<string, (engine: Engine) => Promise<ShellClient>>> = {
  'in-process': (engine) => Promise.resolve({ client: engine, close: () => Promise.resolve() }),
  MessagePort: (engine) => {
    const { port1, port2 } = new MessageChannel();
    serveChannel(engine, encodedChannel(portBytes(eventPort(port1))));
    const client = connectChannel(encodedChannel(portBytes(eventPort(port2))));
    return Promise.resolve({
      client,
      close: () => {
        client.close();
        return Promise.resolve();
      },
    });
  },
  pipe: async (engine) => {
    const [ours, theirs] = await connectedSockets();
    new FramedStream(theirs, (_name, bytes) => serveChannel(engine, encodedChannel(bytes)));
    const client = connectChannel(encodedChannel(new FramedStream(ours, ignore).open('engine')));
    return {
      client,
      close: () => {
        ours.destroy();
        return Promise.resolve();
      },
    };
  },
  WebSocket: async (engine) => {
    const pageFolder = import.meta.dirname;
    const server = await startServer({ engine, pageFolder, host: '127.0.0.1', port: 0 });
    const client = await connectServer(`http://127.0.0.1:${server.port}`, server.token);
    return {
      client,
      close: async () => {
        client.close();
        await server.close();
      },
    };
  },
};
