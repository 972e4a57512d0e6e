import { EngineError } from '../contract/errors/errors.ts';
import { createEngine } from '../engine/engine.ts';
import { serveChannel } from '../rpc/serve-channel.ts';
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
  if (data === 'close') void engine.close().then(() => process.exit(0));
});

try {
  await engine.call('library.open', folder === undefined ? {} : { folder });
  if (folder !== undefined) await engine.call('jobs.start', { kind: 'scan', input: { folder } });
} catch (error) {
  const isFirstStart = error instanceof EngineError && error.code === 'not-found';
  // The window then shows no library; the error is reported again when one is opened there.
  if (!isFirstStart) process.stderr.write(`${String(error)}\n`);
}
