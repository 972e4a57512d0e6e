import packageDescription from '../../package.json' with { type: 'json' };
import { EngineError } from '../contract/errors/errors.ts';
import { createEngine } from '../engine/engine.ts';
import { serveChannel } from '../rpc/serve-channel.ts';
import { announce } from '../server/announcement.ts';
import { startServer } from '../server/start-server.ts';
import { portMainChannel } from './port-main-channel.ts';

/** The entry of the utility process of the engine: serves it to every port that main passes on. */
const [dataFolder, modelFolder, workingFolder, folder] = process.argv.slice(2);
if (dataFolder === undefined || modelFolder === undefined || workingFolder === undefined) {
  throw new Error('The engine process needs its data, model and working folders.');
}
const engine = createEngine({
  ...{ dataFolder, modelFolder, workingFolder },
  now: () => Date.now(),
  mapsEmbeddings: true,
});

process.parentPort.on('message', ({ data, ports }) => {
  const [port] = ports;
  if (port) serveChannel(engine, portMainChannel(port));
  if (data === 'close') void close().then(() => process.exit(0));
});

const shared = shareWithCommands(dataFolder);
await shared;

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

async function close(): Promise<void> {
  const stopSharing = await shared;
  await stopSharing();
  await engine.close();
}

try {
  await engine.call('library.open', folder === undefined ? {} : { folder });
  if (folder !== undefined) await engine.call('jobs.start', { kind: 'scan', input: { folder } });
} catch (error) {
  const isFirstStart = error instanceof EngineError && error.code === 'not-found';
  // The window then shows no library; the error is reported again when one is opened there.
  if (!isFirstStart) process.stderr.write(`${String(error)}\n`);
}
