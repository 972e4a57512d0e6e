import { EngineError } from '../../src-main/contract/errors/errors.ts';
import { encodedChannel } from '../../src-main/rpc/byte-channel.ts';
import { connectChannel } from '../../src-main/rpc/connect-channel.ts';
import type { Channel } from '../../src-main/rpc/channel.ts';
import { eventPort, portBytes } from '../../src-main/rpc/port-bytes.ts';
import { socketChannel } from '../../src-main/rpc/socket-channel.ts';
import type { EngineLink } from './connection.svelte.ts';
import { desktopBridge, enginePort } from './desktop-bridge.ts';
import { engineHost } from './engine-host.svelte.ts';
import { keepPageToken, pageToken } from './page-token.ts';

/**
 * Links to the engine: by the desktop shell's port where there is one, else by a WebSocket to the
 * server that served this page. @throws EngineError disconnected, EngineRefused
 */
export async function connectEngine(): Promise<EngineLink> {
  const desktop = desktopBridge();
  engineHost.name = (await desktop?.engineHost()) ?? null;
  const channel = desktop
    ? encodedChannel(portBytes(eventPort(await enginePort(desktop))))
    : await openSocketChannel();
  const client = connectChannel(channel);
  const closed = new Promise<string>((resolve) => {
    client.onClose(() => resolve(lostSentence()));
  });
  return { client, closed };
}

function lostSentence(): string {
  const where = engineHost.name === null ? '' : ` at ${engineHost.name}`;
  return `The connection to the engine${where} was lost.`;
}

async function openSocketChannel(): Promise<Channel> {
  const token = pageToken();
  if (token !== null) {
    await openSession(token);
    keepPageToken(token);
  }
  const address = new URL('/engine', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.hash = '';
  const protocols = ['negatoscope', ...(token === null ? [] : [`token.${token}`])];
  const socket = new WebSocket(address, protocols);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(noEngine()), { once: true });
  });
  return socketChannel(socket);
}

/** Exchanges the token for a cookie, since the page's images cannot send a header. */
async function openSession(token: string): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch('/session', { method: 'POST', headers }).catch(() => {
    throw noEngine();
  });
  if (!answer.ok) {
    throw new EngineError(
      'disconnected',
      'The server does not know this page’s token. Open the address that it printed when it started.',
    );
  }
}

function noEngine(): EngineError {
  return new EngineError(
    'disconnected',
    'The engine does not answer. Start it again as before, such as with “negatoscope serve”: at the same address this page finds it, else open the address it prints.',
  );
}
