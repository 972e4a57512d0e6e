import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { isAbsolute } from 'node:path';
import type { EngineClient, SharedEngine } from '../contract/client.ts';
import { EngineError } from '../contract/errors/errors.ts';
import { serveChannel } from '../rpc/serve-channel.ts';
import { socketChannel } from '../rpc/socket-channel.ts';
import { PageServer } from './page-server.ts';
import { RequestGuard } from './request-guard.ts';

export interface ServerOptions {
  readonly engine: EngineClient & Partial<SharedEngine>;
  /** The folder of the built page; null where only the engine is served. */
  readonly pageFolder: string | null;
  /** 127.0.0.1 unless the user wants others to reach the server. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** A new one at each start if left out. */
  readonly token?: string;
}

export interface RunningServer {
  /** The address without the token. */
  readonly origin: string;
  /** Whether the page is served, too. */
  readonly hasPage: boolean;
  /** The page's address with its token in the fragment, which browsers do not send. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
}

/** The subprotocol of our WebSocket; the token is a second one, `token.<token>`. */
const protocol = 'negatoscope';
const largestMessageBytes = 256 * 1024 * 1024;

/**
 * Serves the page and the engine on one port, to clients with the token.
 * @throws EngineError bad-argument when the address cannot be used
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { token = randomBytes(24).toString('base64url') } = options;
  const server = createServer();
  const port = await listen(server, options);
  const guard = new RequestGuard({ token, names: hostNames(options.host), port });
  const pages = new PageServer(options.engine, guard, options.pageFolder);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessageBytes,
    handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
  });
  server.on('request', (request, response) => void pages.respond(request, response));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = socketRefusal(guard, request);
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) =>
      serveChannel(engineFor(options.engine, request), socketChannel(client)),
    );
  });
  const address = options.host.includes(':') ? `[${options.host}]` : options.host;
  const origin = `http://${isAnyAddress(options.host) ? '127.0.0.1' : address}:${port}`;
  return {
    origin,
    hasPage: options.pageFolder !== null,
    url: `${origin}/#token=${token}`,
    port,
    token,
    close: () => close(server, sockets),
  };
}

function socketRefusal(guard: RequestGuard, request: IncomingMessage): string | null {
  if (!/^\/engine(\?|$)/.test(request.url ?? '')) return '404 Not Found';
  if (!guard.isFromHere(request)) return '403 Forbidden';
  return guard.isAuthorisedSocket(request) ? null : '401 Unauthorized';
}

/** The engine as the client wants it, whose address may name the folder that it works in. */
function engineFor(engine: ServerOptions['engine'], { url = '' }: IncomingMessage): EngineClient {
  const folder = new URLSearchParams(url.split('?')[1]).get('folder');
  const isFolder = folder !== null && isAbsolute(folder);
  return isFolder && engine.from ? engine.from(folder) : engine;
}

async function listen(server: Server, { host, port }: ServerOptions): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.+$/, '');
    throw new EngineError('bad-argument', `Cannot serve on ${host}, port ${port}: ${reason}.`, {
      cause: error,
    });
  }
  return (server.address() as AddressInfo).port;
}

function isAnyAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function hostNames(host: string): string[] {
  const loopback = ['127.0.0.1', 'localhost', '[::1]'];
  if (!isAnyAddress(host)) return [...loopback, host.includes(':') ? `[${host}]` : host];
  const addresses = Object.values(networkInterfaces()).flatMap((network) => network ?? []);
  return [
    ...loopback,
    ...addresses.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address)),
  ];
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.close(1001, 'the server ends');
  const closed = new Promise((resolve) => server.close(resolve));
  sockets.close();
  server.closeIdleConnections();
  const force = setTimeout(() => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
  }, 1000);
  await closed;
  clearTimeout(force);
}
