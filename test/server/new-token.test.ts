import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connectServer } from '../../src-main/rpc/connect-server.ts';
import { jsonError, runCli } from '../cli/run-cli.ts';
import { answerTo } from './raw-connection.ts';
import { serveByCommand, type ServedProcess } from './served-process.ts';

/** The status of a picture that there is not, for the cookie that a token gave. */
async function pictureStatus({ port }: ServedProcess, cookie: string): Promise<number> {
  const path = `/thumbnail/${'0'.repeat(64)}`;
  const lines = [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, `Cookie: ${cookie}`];
  return (await answerTo(port, [...lines, 'Connection: close'])).status;
}

async function sessionOf({
  port,
  token,
}: ServedProcess): Promise<{ status: number; cookie: string }> {
  const headers = [
    `Host: 127.0.0.1:${port}`,
    `Authorization: Bearer ${token}`,
    'Connection: close',
  ];
  const { status, heard } = await answerTo(port, ['POST /session HTTP/1.1', ...headers]);
  return { status, cookie: /Set-Cookie: ([^;]+)/i.exec(heard)?.[1] ?? '' };
}

it('a token is kept until --new-token, and then opens nothing any more', async () => {
  const home = mkdtempSync(join(tmpdir(), 'negatoscope-token-'));
  const first = await serveByCommand(home);
  onTestFinished(() => first.close());
  const { cookie } = await sessionOf(first);
  expect(await pictureStatus(first, cookie)).toBe(404);

  // Not while a server would go on with it.
  const early = await runCli(home, ['serve', '--new-token', '--json']);
  expect(early.code).not.toBe(0);
  expect(jsonError(early)).toMatchObject({
    error: { code: 'bad-argument', message: expect.stringContaining(first.origin) as string },
  });
  expect(early.stderr).not.toContain(first.token);
  expect(await first.end()).toBe(0);

  const again = await serveByCommand(home);
  expect([again.token, again.port]).toEqual([first.token, first.port]);
  await again.end();

  const renewed = await serveByCommand(home, '--new-token');
  onTestFinished(() => renewed.close());
  expect(renewed.port).toBe(first.port);
  expect(renewed.token).not.toBe(first.token);
  expect(await sessionOf({ ...renewed, token: first.token })).toMatchObject({ status: 401 });
  expect(await pictureStatus(renewed, cookie)).toBe(401);
  await expect(connectServer(renewed.origin, first.token)).rejects.toMatchObject({
    code: 'disconnected',
  });
  (await connectServer(renewed.origin, renewed.token)).close();
  await renewed.end();

  const kept = await serveByCommand(home);
  onTestFinished(() => kept.close());
  expect(kept.token).toBe(renewed.token);
});
