import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { connectServer } from '../../src-main/rpc/connect-server.ts';
import { pictureAt, strangerEnvironment } from './try-commands.ts';
import type { TriedProgram } from './try-commands.ts';

/**
 * Starts `serve` of a packed command line, whose library is made, and asks it for the page, its script,
 * the engine over the WebSocket, and a picture.
 * @throws Error saying what is not answered
 */
export async function tryServe({ command, home, pictures }: TriedProgram): Promise<void> {
  const server = spawn(command, ['serve', '--json'], {
    cwd: home,
    env: strangerEnvironment(home),
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const [first] = await Promise.race([firstLine(server.stdout), ended.then(() => [])]);
    if (first === undefined) throw new Error('serve of the package does not start.');
    const { url } = JSON.parse(first) as { url: string };
    await askServer(new URL(url), pictureAt(pictures, 0));
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

async function firstLine(output: NodeJS.ReadableStream): Promise<string[]> {
  for await (const line of createInterface(output)) return [line];
  return [];
}

async function askServer(url: URL, picture: string): Promise<void> {
  const page = (await bytesOf(url.origin)).toString();
  const [, script] = /<script[^>]* src="\.?\/?([^"]+)"/.exec(page) ?? [];
  if (script === undefined) throw new Error('The page of the package names no script.');
  await bytesOf(`${url.origin}/${script}`);
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
  const hash = createHash('sha256').update(readFileSync(picture)).digest('hex');
  const headers = { Authorization: `Bearer ${token}` };
  const webp = await bytesOf(`${url.origin}/picture/${hash}?size=64`, headers);
  if (webp.toString('latin1', 8, 12) !== 'WEBP') throw new Error('The picture is no WebP.');
  const engine = await connectServer(url.origin, token);
  try {
    const { file } = await engine.call('library.status', {});
    if (file === null) throw new Error('The server of the package has no library open.');
  } finally {
    engine.close();
  }
}

async function bytesOf(address: string, headers: Record<string, string> = {}): Promise<Buffer> {
  const answer = await fetch(address, { headers });
  if (answer.ok) return Buffer.from(await answer.arrayBuffer());
  throw new Error(`serve of the package answers ${answer.status} for ${address}.`);
}
