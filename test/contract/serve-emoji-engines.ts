import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startServer } from '../../src-main/server/start-server.ts';
import { emojiFolder, openTestEngine } from './engine-shells.ts';
import { addRawPixelRun } from './raw-pixel-run.ts';
import { runToState } from './wait-for-job.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** An address: each POST opens an engine of its own on the emoji, each DELETE closes one. */
    emojiEngines: string;
  }
}

interface ServedEngine {
  readonly origin: string;
  readonly token: string;
  close(): Promise<void>;
}

/**
 * Real engines for the tests of the renderer, whose code must not see Node: each has the 96 emoji
 * scanned, and one run of their raw pixels. Resolves to what closes them all.
 */
export default async function serveEmojiEngines(
  project: TestProject,
): Promise<() => Promise<void>> {
  const engines = new Map<string, ServedEngine>();
  let library: Promise<Uint8Array> | null = null;
  async function open(): Promise<string> {
    const engine = await serveEngine(await (library ??= makeLibrary()));
    engines.set(engine.token, engine);
    return JSON.stringify({ origin: engine.origin, token: engine.token });
  }
  async function close(token: string): Promise<string> {
    await engines.get(token)?.close();
    engines.delete(token);
    return '';
  }
  const server = createServer((request, response) => {
    const token = (request.url ?? '').slice(1);
    (request.method === 'DELETE' ? close(token) : open()).then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  project.provide('emojiEngines', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return async () => {
    server.close();
    server.closeAllConnections();
    for (const engine of engines.values()) await engine.close();
  };
}

async function makeLibrary(): Promise<Uint8Array> {
  const made = await openTestEngine();
  const { engine } = made;
  const { file } = await engine.call('library.open', { folder: emojiFolder });
  await runToState(engine, 'scan', { folder: emojiFolder });
  await addRawPixelRun(file ?? '', emojiFolder);
  await engine.close();
  const bytes = await readFile(file ?? '');
  await made.close();
  return bytes;
}

async function serveEngine(library: Uint8Array): Promise<ServedEngine> {
  const made = await openTestEngine();
  const { engine, dataFolder } = made;
  const file = join(dataFolder, 'emoji.negatoscope');
  await writeFile(file, library);
  await engine.call('library.open', { file });
  const pageFolder = import.meta.dirname;
  const server = await startServer({ engine, pageFolder, host: '127.0.0.1', port: 0 });
  return {
    origin: `http://127.0.0.1:${server.port}`,
    token: server.token,
    close: async () => {
      await server.close();
      await made.close();
    },
  };
}
