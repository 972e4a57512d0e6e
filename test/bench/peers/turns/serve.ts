import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { launchBrowser } from '../../../e2e/browser.ts';
import { ownLibrary } from './quiet-engine.ts';
import { printTurn, turnInput } from './turn-process.ts';

const root = join(import.meta.dirname, '../../../..');

// From the command in a process of its own until the dots of the map are drawn in a browser that is open already.
const { folder } = turnInput();
const library = ownLibrary(folder);
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto('about:blank');

const begun = performance.timeOrigin + performance.now();
const command = join(root, 'src-main/cli/negatoscope.cjs');
const server = spawn(process.execPath, [command, 'serve', '--library', library], {
  env: { ...process.env, NEGATOSCOPE_HOME: dirname(library) },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = once(server, 'close');
try {
  const address = await printedAddress();
  const listening = performance.timeOrigin + performance.now();
  await page.goto(address);
  const drawn = await page.waitForFunction(() => {
    const [mark] = performance.getEntriesByName('map drawn');
    return mark ? performance.timeOrigin + mark.startTime : null;
  });
  const at = Number(await drawn.jsonValue());
  printTurn({ all: (at - begun) / 1000 }, { listeningSeconds: (listening - begun) / 1000 });
} finally {
  await browser.close();
  server.kill('SIGTERM');
  await ended;
}

async function printedAddress(): Promise<string> {
  let text = '';
  for await (const chunk of server.stdout) {
    text += String(chunk);
    const found = /https?:\/\/\S+/.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  throw new Error('The server ended without an address.');
}
