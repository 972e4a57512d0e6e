import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Duplex } from 'node:stream';
import type { EngineClient, SharedEngine } from '../contract/client.ts';
import { EngineError } from '../contract/errors/errors.ts';
import { EngineSockets } from './engine-sockets.ts';
import { serverLimits, type ServerLimits } from './limits.ts';
import { newToken } from './new-token.ts';
import { OpenConnections } from './open-connections.ts';
import { PageServer } from './page-server.ts';
import { refuseSocket } from './refuse-socket.ts';
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
  /** Others than `serverLimits`. */
  readonly limits?: Partial<ServerLimits>;
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

/** What belongs to one server. */
interface Parts {
  readonly guard: RequestGuard;
  readonly connections: OpenConnections;
  readonly pages: PageServer;
  readonly sockets: EngineSockets;
}

/**
 * Serves the page and the engine on one port, to clients with the token.
 * @throws EngineError bad-argument when the address cannot be used
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { engine, pageFolder, token = newToken() } = options;
  const limits = { ...serverLimits, ...options.limits };
  const server = limitedServer(limits);
  const port = await listen(server, options);
  const guard = new RequestGuard({ token, names: hostNames(options.host), port });
  const connections = new OpenConnections(limits);
  const sockets = new EngineSockets(engine, limits);
  const windowsSoFar = (): number => sockets.opened;
  const pages = new PageServer({ engine, guard, connections, pageFolder, windowsSoFar });
  answer(server, { guard, connections, pages, sockets });
  const address = options.host.includes(':') ? `[${options.host}]` : options.host;
  const origin = `http://${isAnyAddress(options.host) ? '127.0.0.1' : address}:${port}`;
  return {
    origin,
    hasPage: pageFolder !== null,
    url: `${origin}/#token=${token}`,
    port,
    token,
    close: () => close(server, sockets),
  };
}

function limitedServer({ headerBytes, headersMs, requestMs, silentMs }: ServerLimits): Server {
  const server = createServer({
    maxHeaderSize: headerBytes,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.min(headersMs / 4, 5000),
    insecureHTTPParser: false,
  });
  server.timeout = silentMs;
  return server;
}

function answer(server: Server, { guard, connections, pages, sockets }: Parts): void {
  server.on('connection', (socket: Socket) => connections.add(socket));
  server.on('request', (request, response) => void pages.respond(request, response));
  // Asks first whether its body is wanted, which none is.
  server.on('checkContinue', (request, response) => void pages.respond(request, response));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = socketRefusal(guard, sockets, request);
    // A WebSocket is counted as such, no longer as a connection.
    connections.release(request.socket);
    if (refusal === null) sockets.open(request, socket, head);
    else refuseSocket(socket, ...refusal);
  });
}

/** Status and sentence of a refused WebSocket. */
function socketRefusal(
  guard: RequestGuard,
  sockets: EngineSockets,
  request: IncomingMessage,
): [string, string] | null {
  if (!/^\/engine(\?|$)/.test(request.url ?? ''))
    return ['404 Not Found', 'There is nothing here.'];
  if (!guard.isFromHere(request)) {
    return ['403 Forbidden', 'This server answers its own page only.'];
  }
  if (!guard.isAuthorisedSocket(request)) {
    return ['401 Unauthorized', 'The token is missing, or is another server’s.'];
  }
  return sockets.isFull
    ? ['503 Service Unavailable', 'Too many windows are open: close one, and try again.']
    : null;
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

async function close(server: Server, sockets: EngineSockets): Promise<void> {
  sockets.close();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const force = setTimeout(() => {
    sockets.terminate();
    server.closeAllConnections();
  }, 1000);
  await closed;
  clearTimeout(force);
}
