import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { strangerEnvironment } from '../../packaging/check/try-commands.ts';
import { launchBrowser } from '../e2e/browser.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';
import { outgoingAddresses } from './outgoing-addresses.ts';
import { obstacleToTracing, traceCommand } from './traced-command.ts';

const obstacle = obstacleToTracing();
// A file without a word would look as if all had been checked.
if (obstacle !== null) console.warn(`What leaves this computer was not checked. ${obstacle}`);
const isWatched = it.skipIf(obstacle !== null);

/** Another machine by numbers that are nobody's, kept for examples. */
const [elsewhere, elsewhereSix] = ['192.0.2.1', '2001:db8::1'];

describe('the watch from outside', () => {
  it.each([
    [`connect(3, {sa_family=AF_INET, sin_addr=inet_addr("${elsewhere}")}, 16) = 0`, [elsewhere]],
    [`sendto(3, ""..., 9, 0, {inet_pton(AF_INET6, "${elsewhereSix}", &s)}, 28)`, [elsewhereSix]],
    ['connect(3, {sa_family=AF_INET6, inet_pton(AF_INET6, "::ffff:127.0.0.1", &s)}, 28) = 0', []],
    ['connect(3, {sa_family=AF_INET6, inet_pton(AF_INET6, "::1", &s)}, 28) = 0', []],
    ['connect(3, {sa_family=AF_UNIX, sun_path="/run/x"}, 16) = 0', []],
  ])('reads of a call %s where it leads', (call, addresses) => {
    expect(outgoingAddresses(call)).toEqual(addresses);
  });

  isWatched(
    'sees a connection, a datagram and a question for a name, also of a child',
    async () => {
      const script = `
      const { spawnSync } = require('node:child_process');
      if (process.argv[1] === 'child') {
        require('node:net').connect(80, '${elsewhere}').on('error', () => {}).setTimeout(50, (function () { this.destroy(); }));
        const socket = require('node:dgram').createSocket('udp6');
        socket.send('x', 9, '${elsewhereSix}', () => socket.close());
      } else process.exitCode = spawnSync(process.execPath, ['-e', process.env.SCRIPT, 'child']).status;`;
      const { code, outgoing } = await traceCommand([process.execPath, '-e', script], {
        traceFile: join(temporaryFolder(), 'trace.txt'),
        env: { ...process.env, SCRIPT: script },
      });
      expect(code).toBe(0);
      expect(outgoing).toContain(elsewhere);
      expect(outgoing).toContain(elsewhereSix);
    },
  );
});

isWatched(
  'nothing goes out while pictures are scanned, embedded, laid out, and shown in a browser',
  async () => {
    const home = temporaryFolder();
    let asked: readonly string[] = [];
    const { code, outgoing, calls, watched } = await traceCommand(
      [process.execPath, join(import.meta.dirname, 'real-work.ts')],
      {
        traceFile: join(home, 'trace.txt'),
        env: strangerEnvironment(home),
        // The browser is not watched: it is the user's, and looks for a network by itself.
        attend: async (url) => {
          asked = await requestsOf(url);
        },
      },
    );
    expect(code).toBe(0);
    expect(calls).toEqual([]);
    expect(outgoing).toEqual([]);
    expect(watched).toBeGreaterThan(0);
    expect(asked.length).toBeGreaterThan(10);
    expect(new Set(asked.map((address) => new URL(address).hostname))).toEqual(
      new Set(['127.0.0.1']),
    );
  },
);

/** All that the app's page asks for in a real browser until its map is there. */
async function requestsOf(url: string): Promise<string[]> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('websocket', (socket) => asked.push(socket.url()));
    await page.goto(url);
    await page.getByRole('list', { name: /^Labels: click/ }).waitFor();
    await expect.poll(() => asked.some((address) => address.includes('/thumbnail/'))).toBe(true);
    return asked;
  } finally {
    await browser.close();
  }
}
