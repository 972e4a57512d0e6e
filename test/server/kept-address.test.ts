import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectServer } from '../../src-main/rpc/connect-server.ts';
import { startKeptServer } from '../../src-main/server/kept-address.ts';
import type { RunningServer } from '../../src-main/server/start-server.ts';
import { openTestEngine, type TestEngine } from '../contract/engine-shells.ts';

let test: TestEngine;
let folder: string;
const running: RunningServer[] = [];
beforeAll(async () => {
  test = await openTestEngine();
});
afterAll(() => test.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'negatoscope-address-'));
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
  await rm(folder, { recursive: true });
});

async function start(port = 0): Promise<RunningServer> {
  const options = { engine: test.engine, pageFolder: folder, host: '127.0.0.1', port };
  const server = await startKeptServer(folder, options);
  running.push(server);
  return server;
}
const file = (): string => join(folder, 'server-address.json');

describe('the address of a server that is started again', () => {
  it('is the same, so that a page that was open can connect again', async () => {
    const first = await start();
    await running.pop()?.close();
    const again = await start();
    expect(again.url).toBe(first.url);
    const client = await connectServer(new URL(first.url).origin, first.token);
    expect(await client.call('library.status', {})).toMatchObject({ file: null });
    client.close();
  });

  it.skipIf(process.platform === 'win32')('is in a file that only its user can read', async () => {
    const { token } = await start();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ token });
  });

  it.skipIf(process.platform === 'win32')('is a new one where others could read it', async () => {
    const { token } = await start();
    await running.pop()?.close();
    chmodSync(file(), 0o644);
    const again = await start();
    expect(again.token).not.toBe(token);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('is a new one where the file is damaged', async () => {
    writeFileSync(file(), '{"token":"short","port":1}', { mode: 0o600 });
    const { token, port } = await start();
    expect(token).toHaveLength(32);
    expect(port).toBeGreaterThan(1);
  });

  it('has another port where another server has that one, and the first one finds it again', async () => {
    const first = await start();
    const second = await start();
    expect(second.port).not.toBe(first.port);
    for (const server of running.splice(0)) await server.close();
    expect((await start()).url).toBe(first.url);
  });

  it('has the port that is asked for', async () => {
    const first = await start();
    for (const server of running.splice(0)) await server.close();
    const { port } = await start();
    expect(port).toBe(first.port);
    await expect(start(port)).rejects.toMatchObject({ code: 'bad-argument' });
  });
});
