import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import type { EngineClient } from '../../src-main/contract/client.ts';
import { createEngine } from '../../src-main/engine/engine.ts';
import type { Engine, EngineOptions } from '../../src-main/engine/engine.ts';
import { connectChannel } from '../../src-main/rpc/connect-channel.ts';
import { connectServer } from '../../src-main/rpc/connect-server.ts';
import { portChannel } from '../../src-main/rpc/port-channel.ts';
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

/** The ways to an engine: the contract is the same by all of them. */
export const shells: Readonly<Record<string, (engine: Engine) => Promise<ShellClient>>> = {
  'in-process': (engine) => Promise.resolve({ client: engine, close: () => Promise.resolve() }),
  MessagePort: (engine) => {
    const { port1, port2 } = new MessageChannel();
    serveChannel(engine, portChannel(port1));
    const client = connectChannel(portChannel(port2));
    return Promise.resolve({
      client,
      close: () => {
        client.close();
        return Promise.resolve();
      },
    });
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
