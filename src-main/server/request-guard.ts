import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The desktop app's page, which may use a remote engine when it knows the token. */
const desktopOrigin = 'app://negatoscope';
const tokenProtocol = 'token.';

/**
 * Checks requests to a server on this machine. A page of another site must not reach it, neither by a
 * name that resolves to 127.0.0.1 (Host) nor by its scripts (Origin).
 */
export class RequestGuard {
  readonly #token: string;
  readonly #hosts: ReadonlySet<string>;
  readonly #cookieName: string;

  /** `names` are the host names, without the port, by which the server may be addressed. */
  constructor({ token, names, port }: { token: string; names: readonly string[]; port: number }) {
    this.#token = token;
    this.#hosts = new Set(names.map((name) => `${name.toLowerCase()}:${port}`));
    // Cookies are the same for all ports, so the name of the cookie contains the port: two servers may
    // run on one machine.
    this.#cookieName = `negatoscope-${port}`;
  }

  /** Whether the request is addressed to this server and comes from its own page, or from no page. */
  isFromHere({ headers }: IncomingMessage): boolean {
    const { host, origin } = headers;
    if (host === undefined || !this.#hosts.has(host.toLowerCase())) return false;
    return origin === undefined || origin === desktopOrigin || this.#isOwnOrigin(origin);
  }

  /** Whether the request has the token, in the Authorization header or in the cookie. */
  isAuthorised({ headers }: IncomingMessage): boolean {
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    return this.#isToken(bearer) || this.#isToken(this.#cookie(headers.cookie));
  }

  /** Whether a WebSocket's subprotocols, or its cookie, have the token. */
  isAuthorisedSocket(request: IncomingMessage): boolean {
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(/, */);
    const offered = protocols.find((protocol) => protocol.startsWith(tokenProtocol));
    return this.#isToken(offered?.slice(tokenProtocol.length)) || this.isAuthorised(request);
  }

  /** The header of the cookie with the token, by which the page can load pictures. */
  cookie(): string {
    return `${this.#cookieName}=${this.#token}; HttpOnly; SameSite=Strict; Path=/`;
  }

  #isOwnOrigin(origin: string): boolean {
    return URL.canParse(origin) && this.#hosts.has(hostWithPort(new URL(origin)));
  }

  #cookie(header: string | undefined): string | undefined {
    const pairs = (header ?? '').split(/; */).map((pair) => pair.split('='));
    return pairs.find(([name]) => name === this.#cookieName)?.[1];
  }

  #isToken(given: string | undefined): boolean {
    if (given === undefined) return false;
    const expected = Buffer.from(this.#token);
    const actual = Buffer.from(given);
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  }
}

function hostWithPort({ protocol, hostname, port }: URL): string {
  return protocol === 'http:' ? `${hostname}:${port === '' ? '80' : port}` : '';
}
