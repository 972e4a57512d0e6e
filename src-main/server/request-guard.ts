import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

const tokenProtocol = 'token.';
const httpPort = 80;

/**
 * Checks requests to a server on this machine. A page of another site must not reach it, neither by a
 * name that resolves to 127.0.0.1 (Host) nor by its scripts (Origin) or its links (Sec-Fetch-Site).
 */
export class RequestGuard {
  readonly #token: string;
  readonly #pictureKey: string;
  readonly #hosts: ReadonlySet<string>;
  readonly #cookieName: string;

  /** `names` are the host names, without the port, by which the server may be addressed. */
  constructor({ token, names, port }: { token: string; names: readonly string[]; port: number }) {
    this.#token = token;
    // Browsers send a cookie to every port of a host: who serves another one must not get the token by it.
    this.#pictureKey = createHmac('sha256', token).update('pictures').digest('base64url');
    const hosts = names.map((name) => name.toLowerCase());
    // Browsers leave out the port that HTTP has by itself.
    const bare = port === httpPort ? hosts : [];
    this.#hosts = new Set([...hosts.map((name) => `${name}:${port}`), ...bare]);
    // For the same reason its name has the port: two servers may run on one machine.
    this.#cookieName = `negatoscope-${port}`;
  }

  /** Whether the request is addressed to this server and comes from its own page, or from no page. */
  isFromHere({ headers, headersDistinct, method = '' }: IncomingMessage): boolean {
    const [host = '', ...others] = headersDistinct['host'] ?? [];
    if (others.length > 0 || !this.#hosts.has(host.toLowerCase())) return false;
    const { origin } = headers;
    if (origin !== undefined && !this.#isOwnOrigin(origin)) return false;
    return isOwnFetch(headers) || isFollowedLink(headers, method);
  }

  /** Whether the request has the token, in the Authorization header. */
  isAuthorised({ headers }: IncomingMessage): boolean {
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    return isSame(this.#token, bearer);
  }

  /** Whether the request has the token, or the cookie by which pictures are given, and nothing else. */
  mayHavePictures(request: IncomingMessage): boolean {
    return (
      this.isAuthorised(request) || isSame(this.#pictureKey, this.#cookie(request.headers.cookie))
    );
  }

  /** Whether a WebSocket's subprotocols have the token. */
  isAuthorisedSocket(request: IncomingMessage): boolean {
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(/, */);
    const offered = protocols.find((protocol) => protocol.startsWith(tokenProtocol));
    return isSame(this.#token, offered?.slice(tokenProtocol.length)) || this.isAuthorised(request);
  }

  /** The header of the cookie by which the page can load pictures. */
  cookie(): string {
    return `${this.#cookieName}=${this.#pictureKey}; HttpOnly; SameSite=Strict; Path=/`;
  }

  #isOwnOrigin(origin: string): boolean {
    const scheme = 'http://';
    return origin.startsWith(scheme) && this.#hosts.has(origin.slice(scheme.length).toLowerCase());
  }

  #cookie(header: string | undefined): string | undefined {
    const pairs = (header ?? '').split(/; */).map((pair) => pair.split('='));
    return pairs.find(([name]) => name === this.#cookieName)?.[1];
  }
}

/** Whether a page of this server asks, or the person, or no browser at all. */
function isOwnFetch(headers: IncomingHttpHeaders): boolean {
  const { 'sec-fetch-site': site } = headers;
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** Whether a person follows a link of another page, as one to an anchor may stand anywhere. */
function isFollowedLink(headers: IncomingHttpHeaders, method: string): boolean {
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = headers;
  return method === 'GET' && mode === 'navigate' && destination === 'document';
}

function isSame(expected: string, given: string | undefined): boolean {
  if (given === undefined) return false;
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
