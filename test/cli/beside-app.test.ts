import { spawn } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import packageDescription from '../../package.json' with { type: 'json' };
import type { JobStatus } from '../../src-main/contract/jobs.ts';
import { createEngine } from '../../src-main/engine/engine.ts';
import type { Engine } from '../../src-main/engine/engine.ts';
import { announce } from '../../src-main/server/announcement.ts';
import { startServer } from '../../src-main/server/start-server.ts';
import type { RunningServer } from '../../src-main/server/start-server.ts';
import { emojiFolder } from '../contract/engine-shells.ts';
import { runToState, waitForState } from '../contract/wait-for-job.ts';
import { bin, jsonError, parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

const { version } = packageDescription;
const pair = ['food-fruit/1f345__noto.png', 'food-fruit/1f345__fluent-emoji-flat.png'] as const;
let made: string;
let home: string;
let file: string;
let engine: Engine;
let server: RunningServer;
let withdraw: () => void;

function openEngine(folder: string): Engine {
  // Another working folder than that of the commands, as an app has.
  const folders = { dataFolder: folder, modelFolder: folder, workingFolder: tmpdir() };
  return createEngine({ ...folders, now: () => Date.now() });
}

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'negatoscope-made-'));
  const first = openEngine(made);
  await first.call('library.open', { file: join(made, 'emoji.sqlite') });
  await runToState(first, 'scan', { folder: emojiFolder });
  await runToState(first, 'embed', { encoder: 'pixels', name: 'plain' });
  await first.close();
});

afterAll(() => rm(made, { recursive: true, force: true }));

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope beside '));
  file = join(home, 'emoji.sqlite');
  await cp(join(made, 'emoji.sqlite'), file);
  engine = openEngine(home);
  await engine.call('library.open', { file });
  server = await startServer({ engine, pageFolder: null, host: '127.0.0.1', port: 0 });
  withdraw = announce(home, { ...server, version });
});

afterEach(async () => {
  withdraw();
  await server.close();
  await engine.close();
  await rm(home, { recursive: true, force: true });
});

function cli(...args: string[]): Promise<CliResult> {
  return runCli(home, args, join(emojiFolder, 'food-fruit'));
}

/** Starts a command and sends it a signal at the first line of progress of an epoch. */
async function signalled(args: readonly string[], act: (pid: number) => unknown) {
  const env = { ...process.env, NEGATOSCOPE_HOME: home };
  const child = spawn(process.execPath, [bin, ...args, '--json'], { cwd: home, env });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const lines: string[] = [];
  let isDone = false;
  for await (const line of createInterface(child.stderr)) {
    lines.push(line);
    const { epoch } = JSON.parse(line) as { epoch?: number };
    if (epoch === undefined || isDone) continue;
    isDone = true;
    act(child.pid ?? 0);
  }
  return { code: await closed, error: JSON.parse(lines.at(-1) ?? '{}') as unknown };
}

const long = ['train', '--name', 'long', '--epochs', '500', '--batch', '24', '--size', '16'];

describe('a command beside an engine that has the library open', () => {
  it('reads and judges by it, and it shows the verdict at once', async () => {
    let events = 0;
    engine.on('verdicts', () => (events += 1));
    expect(parsed(await cli('runs', '--json'))).toMatchObject([{ name: 'plain' }]);
    const judged = await cli('verdict', '--pair', ...pair, '--verdict', 'same');
    expect(judged).toMatchObject({ code: 0, stderr: '' });
    expect(events).toBe(1);
    expect(await engine.call('verdicts.list', {})).toMatchObject([{ verdict: 'same' }]);
    expect(parsed(await cli('review', '--run', 'plain', '--limit', '2', '--json'))).toMatchObject({
      pairs: { length: 2 },
    });
  });

  it('runs jobs in it with their progress, and finds pictures and files from its own folder', async () => {
    const map = await cli('map', '--run', 'plain', '--json');
    expect(map).toMatchObject({ code: 0 });
    expect(map.stderr.split('\n')[0]).toContain('"kind":"map"');
    expect((await engine.call('jobs.list', {}))[0]).toMatchObject({ kind: 'map', state: 'done' });
    // The command runs in the folder food-fruit.
    const anchor = await cli(
      'negatives',
      '--run',
      'plain',
      '--anchor',
      '1f345__noto.png',
      '--json',
    );
    expect(parsed(anchor)).toMatchObject({ anchor: { path: 'food-fruit/1f345__noto.png' } });
    const out = join(home, 'out.csv');
    const args = ['export', '--what', 'map', '--run', 'plain', '--out'];
    expect(await runCli(home, [...args, 'out.csv'])).toMatchObject({ code: 0 });
    expect((await readFile(out, 'utf8')).split('\n')[0]).toContain('hash');
    expect(await runCli(home, [...args, 'out.csv'])).toMatchObject({ code: 1 });
    expect(await cli('scan', emojiFolder, '--library', file)).toMatchObject({ code: 0 });
    expect(await cli('near-duplicates', '--run', 'plain')).toMatchObject({ code: 0 });
    expect(await runCli(home, ['verdicts', '--export', 'v.csv'])).toMatchObject({ code: 0 });
    expect(await readdir(home)).toContain('v.csv');
  });

  it('cancels its job there by Ctrl+C', async () => {
    const { code, error } = await signalled(long, (pid) => process.kill(pid, 'SIGINT'));
    expect(code).toBe(130);
    expect(error).toMatchObject({
      error: {
        code: 'cancelled',
        message: 'Interrupted: the job was cancelled in the app that has the library open.',
      },
    });
    const [job] = await engine.call('jobs.list', {});
    await waitForState(engine, job?.job ?? 0);
    expect((await engine.call('jobs.list', {}))[0]).toMatchObject({ state: 'cancelled' });
  });

  it('ends in a sentence when that engine opens another library', async () => {
    const other = join(home, 'other.sqlite');
    const { code, error } = await signalled(
      long,
      () => void engine.call('library.open', { file: other }),
    );
    expect(code).toBe(1);
    expect(error).toMatchObject({
      error: {
        code: 'disconnected',
        message: expect.stringContaining('has opened another library') as string,
      },
    });
  });

  it('leaves the engine its other libraries, and opens its own itself', async () => {
    const own = join(home, 'own.sqlite');
    const scanned = await cli('scan', join(emojiFolder, 'clothing'), '--library', own, '--json');
    expect(parsed(scanned)).toMatchObject({ images: 12 });
    expect(await engine.call('library.status', {})).toMatchObject({ file, images: 96 });
  });

  it('is no second server: it says where the library is open', async () => {
    const serve = await cli('serve', '--json');
    expect(serve.code).toBe(1);
    expect(jsonError(serve)).toMatchObject({
      error: { message: expect.stringContaining(`${file} is open in the app`) as string },
    });
    withdraw();
    withdraw = announce(home, { ...server, version, hasPage: true });
    expect(jsonError(await cli('serve', '--json'))).toMatchObject({
      error: {
        message: `The library ${file} is served already, at ${server.origin}: “negatoscope open” shows it.`,
      },
    });
    // Without programs there is no browser to start.
    const { PATH } = process.env;
    process.env.PATH = '';
    const opened = await cli('open', '--json').finally(() => (process.env.PATH = PATH));
    expect(parsed(opened)).toMatchObject({ url: server.url });
  });

  it('says so when the versions differ, and reads the file itself', async () => {
    withdraw();
    withdraw = announce(home, { ...server, version: '9.9.9' });
    const refused = await cli('verdict', '--pair', ...pair, '--verdict', 'same', '--json');
    expect(refused.code).toBe(1);
    expect(jsonError(refused)).toMatchObject({
      error: {
        code: 'library-in-use',
        message: expect.stringContaining(
          `It is open in Negatoscope 9.9.9 (process ${process.pid}), but this command is of version ${version}: use the command of that version, or close it there.`,
        ) as string,
      },
    });
    expect(parsed(await cli('runs', '--json'))).toMatchObject([{ name: 'plain' }]);
  });
});

describe('what leads to a running engine', () => {
  const folder = (): string => join(home, 'engines');
  const only = async (): Promise<string> => join(folder(), (await readdir(folder()))[0] ?? '');

  it.skipIf(process.platform === 'win32')('can be read by its user alone', async () => {
    expect((await stat(folder())).mode & 0o777).toBe(0o700);
    expect((await stat(await only())).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.getuid?.() !== 0)('is closed to another user', async () => {
    await chmod(home, 0o755);
    const nobody = { uid: 65534, gid: 65534 };
    const script = `require('fs').readFileSync(${JSON.stringify(await only())})`;
    const child = spawn(process.execPath, ['-e', script], nobody);
    let said = '';
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    expect(said).toContain('EACCES');
  });

  it('is of no use without the token', async () => {
    await expect(fetch(`${server.origin}/thumbnail/${'0'.repeat(64)}`)).resolves.toMatchObject({
      status: 401,
    });
    const entry = JSON.parse(await readFile(await only(), 'utf8')) as Record<string, unknown>;
    await writeFile(await only(), JSON.stringify({ ...entry, token: 'guessed' }));
    const refused = await cli('verdict', '--pair', ...pair, '--verdict', 'same');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('is in use by another process');
    expect(await engine.call('verdicts.list', {})).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('is not followed where others can write it', async () => {
    await chmod(await only(), 0o666);
    const refused = await cli('verdict', '--pair', ...pair, '--verdict', 'same');
    expect(refused.stderr).toContain(
      `The file ${await only()} is open to other users, so it is not used.`,
    );
  });

  it('is cleared away when its process has died, and left alone on another machine', async () => {
    const dead = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => dead.once('close', resolve));
    const entry = {
      version,
      host: hostname(),
      pid: dead.pid,
      origin: 'http://127.0.0.1:9',
      hasPage: false,
    };
    const write = (name: string, more: object): Promise<void> =>
      writeFile(join(folder(), name), JSON.stringify({ ...entry, token: 't', ...more }), {
        mode: 0o600,
      });
    await write('1-dead.json', {});
    await write('1-renumbered.json', { pid: process.pid });
    await write('elsewhere.json', { host: 'another-machine' });
    expect(await cli('verdict', '--pair', ...pair, '--verdict', 'same')).toMatchObject({ code: 0 });
    const left = await readdir(folder());
    expect(left).not.toContain('1-dead.json');
    expect(left).not.toContain('1-renumbered.json');
    expect(left).toContain('elsewhere.json');
  });

  it('is gone when the engine ends', async () => {
    withdraw();
    expect(await readdir(folder())).toEqual([]);
    const status: JobStatus[] = await engine.call('jobs.list', {});
    expect(status.length).toBeGreaterThan(0);
  });
});
