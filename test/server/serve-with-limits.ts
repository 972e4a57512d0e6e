import { createEngine } from '../../src-main/engine/engine.ts';
import type { ServerLimits } from '../../src-main/server/limits.ts';
import { startServer } from '../../src-main/server/start-server.ts';

/** A server whose limits are the test's: those of time would take minutes. */
const { home, file, limits } = JSON.parse(process.argv[2] ?? '') as {
  home: string;
  file: string;
  limits: Partial<ServerLimits>;
};
const engine = createEngine({
  ...{ dataFolder: home, modelFolder: home, workingFolder: home },
  now: () => Date.now(),
});
await engine.call('library.open', { file });
const server = await startServer({ engine, pageFolder: home, host: '127.0.0.1', port: 0, limits });
console.log(JSON.stringify({ url: server.url }));
await new Promise((resolve) => process.once('SIGTERM', resolve));
await server.close();
await engine.close();
