import '../launch/no-telemetry.cjs';
import { Socket } from 'node:net';
import packageDescription from '../../package.json' with { type: 'json' };
import { EngineError, toErrorReport, type ErrorReport } from '../contract/errors/errors.ts';
import { preferDevice } from '../engine/devices/preferred-device.ts';
import { createEngine } from '../engine/engine.ts';
import { outliveErrors } from '../engine/outlive-errors.ts';
import { limitThreads } from '../engine/threads/compute-limits.ts';
import { encodedChannel } from '../rpc/byte-channel.ts';
import type { Channel } from '../rpc/channel.ts';
import { FramedStream } from '../rpc/framed-stream.ts';
import { serveChannel } from '../rpc/serve-channel.ts';
import { announce } from '../server/announcement.ts';
import { startServer } from '../server/start-server.ts';
import { engineChannels, engineStart, toEngine, type FromEngine } from './engine-messages.ts';

/**
 * The entry of the engine's process: serves it on the channels that the app opens over a pipe, and ends
 * with the app. It runs on the bundled Node, not on Electron's.
 */
const pipeDescriptor = 3;

const { first, settings, ...folders } = engineStart.parse(JSON.parse(process.argv[2] ?? ''));
limitThreads(settings.threads);
preferDevice(settings.device);
const { libraryFolder } = settings;
const engine = createEngine({
  ...folders,
  libraryFolder,
  now: () => Date.now(),
  mapsEmbeddings: true,
});

outliveErrors(engine, (text) => process.stderr.write(text));
engine.on('fault', ({ message }) => void process.stderr.write(`${message}\n`));

let control: Channel | null = null;
let started: FromEngine | null = null;
const pipe = new Socket({ fd: pipeDescriptor, readable: true, writable: true });
new FramedStream(pipe, (name, bytes) => {
  const channel = encodedChannel(bytes);
  if (name === engineChannels.control) takeControl(channel);
  else serveChannel(engine, channel);
});
// Without the app nobody can ask this process for anything, or end it.
pipe.on('close', () => void close());
// The terminal gives Ctrl+C to both processes; the app then asks this one to close.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => void close());

const shared = shareWithCommands(folders.dataFolder);

function takeControl(channel: Channel): void {
  control = channel;
  if (started !== null) channel.post(started);
  channel.listen(
    (message) => {
      const { kind } = toEngine.parse(message);
      if (kind === 'ping') tell({ kind: 'pong' });
      else void close();
    },
    () => undefined,
  );
}

function tell(message: FromEngine): void {
  control?.post(message);
}

/** Lets the command line ask this engine; resolves to what ends that. */
async function shareWithCommands(folder: string): Promise<() => Promise<void>> {
  try {
    const server = await startServer({ engine, pageFolder: null, host: '127.0.0.1', port: 0 });
    const withdraw = announce(folder, { ...server, version: packageDescription.version });
    return async () => {
      withdraw();
      await server.close();
    };
  } catch (error) {
    // The window does not need it.
    process.stderr.write(`${String(error)}\n`);
    return () => Promise.resolve();
  }
}

let closing: Promise<void> | null = null;

function close(): Promise<void> {
  closing ??= closeOnce();
  return closing;
}

async function closeOnce(): Promise<void> {
  tell({ kind: 'closing' });
  const stopSharing = await shared;
  await stopSharing();
  await engine.close();
  process.exit(0);
}

started = { kind: 'started', problem: await openFirst() };
tell(started);

/** Opens the first library; returns what the user has to know about that, null for nothing. */
async function openFirst(): Promise<ErrorReport | null> {
  if (first === 'none') return null;
  try {
    await engine.call('library.open', first === 'last' ? {} : first);
    if (first !== 'last' && 'folder' in first) {
      await engine.call('jobs.start', { kind: 'scan', input: first });
    }
    return null;
  } catch (error) {
    // At the first start there is no last library; one that was moved is told.
    const isFirstStart = error instanceof EngineError && error.code === 'not-found';
    if (isFirstStart && first === 'last') return null;
    process.stderr.write(`${String(error)}\n`);
    return toErrorReport(error);
  }
}
