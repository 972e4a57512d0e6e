import { EngineError } from '../contract/errors.ts';
import { connectChannel } from './connect-channel.ts';
import type { ConnectedEngine } from './connect-channel.ts';
import { socketChannel } from './socket-channel.ts';

/** The part of a browser's window that the connection needs. */
interface Page {
  readonly location: { readonly origin: string; readonly hash: string };
  readonly sessionStorage: {
    getItem(key: string): string | null;
    setItem(key: string, value: string): void;
  };
  readonly history: { replaceState(state: null, unused: string, url: string): void };
}

const tokenKey = 'negatoscope-token';

/**
 * Connects a page that was served over HTTP to its engine: takes the token out of the address,
 * trades it for the cookie that pictures need, and opens a WebSocket.
 * @throws EngineError disconnected when the server does not answer or does not know the token
 */
export async function connectPage(page: Page): Promise<ConnectedEngine> {
  const token = tokenOf(page);
  const server = page.location.origin;
  await openPictureSession(server, token);
  return await connectServer(server, token);
}

/** Connects to the engine behind a server's origin (`http://127.0.0.1:4000`) with its token. */
export async function connectServer(origin: string, token: string): Promise<ConnectedEngine> {
  const address = `${origin.replace(/^http/, 'ws')}/engine`;
  const socket = new WebSocket(address, ['negatoscope', `token.${token}`]);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(unreachable()));
    socket.addEventListener('close', () => reject(unreachable()));
  });
  return connectChannel(socketChannel(socket));
}

function tokenOf({ location, sessionStorage, history }: Page): string {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given !== null) {
    // A reload must find the token; the address bar and the history need not.
    sessionStorage.setItem(tokenKey, given);
    history.replaceState(null, '', '/');
  }
  return given ?? sessionStorage.getItem(tokenKey) ?? '';
}

async function openPictureSession(server: string, token: string): Promise<void> {
  const request = { method: 'POST', headers: { Authorization: `Bearer ${token}` } };
  const response = await fetch(`${server}/session`, request).catch(() => null);
  if (response === null) throw unreachable();
  if (response.status === 401) {
    throw new EngineError(
      'disconnected',
      'The server does not know this page: open the address that it printed when it started.',
    );
  }
  if (!response.ok) throw unreachable();
}

function unreachable(): EngineError {
  return new EngineError('disconnected', 'The engine cannot be reached; is the server running?');
}
