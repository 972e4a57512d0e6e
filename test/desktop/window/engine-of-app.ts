import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { EngineClient } from '../../../src-main/contract/client.ts';
import { connectServer } from '../../../src-main/rpc/connect-server.ts';
import { announcement } from '../../../src-main/server/announcement.ts';
import { processesOf } from './app-processes.ts';
import type { AppUnderTest } from './app-under-test.ts';

/** A client of the engine that the app runs, by what it announces to the command line. */
export async function engineOfApp(app: AppUnderTest): Promise<EngineClient> {
  const folder = join(app.home, 'data/engines');
  // An engine that was killed leaves its file.
  const file = async (): Promise<string | undefined> => {
    const [id] = processesOf(app, 'engine');
    const files = await readdir(folder).catch(() => []);
    return files.find((name) => name.startsWith(`${id}-`) && name.endsWith('.json'));
  };
  await expect.poll(file).toBeDefined();
  const { origin, token } = announcement.parse(
    JSON.parse(await readFile(join(folder, (await file()) ?? ''), 'utf8')),
  );
  const client = await connectServer(origin, token);
  onTestFinished(() => client.close());
  return client;
}

/** Starts a training that is longer than any test, and waits until it computes; returns its number. */
export async function startLongTraining(engine: EngineClient): Promise<number> {
  await expect.poll(async () => (await engine.call('library.status', {})).images).toBe(96);
  const input = { name: 'long', batch: 32, size: 16, epochs: 5000, device: 'cpu' };
  const { job } = await engine.call('jobs.start', { kind: 'train', input });
  const progress = async (): Promise<number> =>
    (await engine.call('jobs.list', {})).find((one) => one.job === job)?.progress ?? 0;
  await expect.poll(progress).toBeGreaterThan(0);
  return job;
}
