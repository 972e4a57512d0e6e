import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EngineClient } from '../contract/client.ts';
import { readPageFile } from '../pages/page-file.ts';
import {
  pictureAddress,
  pictureHeaders,
  readPictureFile,
  type PictureAddress,
} from '../pages/picture-file.ts';
import { securityHeaders } from '../pages/security-headers.ts';
import type { OpenConnections } from './open-connections.ts';
import type { RequestGuard } from './request-guard.ts';

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

const plainText = { 'Content-Type': 'text/plain; charset=utf-8' };

/** A sentence; who is refused has to open another connection for the next try. */
function refusal(status: number, sentence: string): Answer {
  return { status, headers: { ...plainText, Connection: 'close' }, body: `${sentence}\n` };
}

const notFound: Answer = { status: 404, headers: plainText, body: 'There is nothing here.\n' };
const notAllowed = refusal(405, 'Not allowed.');
const hasBody = refusal(413, 'This server takes no request with a body.');
const tooMany = refusal(503, 'Too many connections or requests are open: try again later.');
const failed = refusal(500, 'The server could not answer this.');
const unauthorised = refusal(401, 'Open the address that the server printed, with its token.');
const forbidden = refusal(403, 'This server answers its own page only.');

interface PageServerOptions {
  readonly engine: EngineClient;
  readonly guard: RequestGuard;
  readonly connections: OpenConnections;
  readonly pageFolder: string | null;
  /** How many windows have reached the engine so far. */
  readonly windowsSoFar: () => number;
}

/** Answers HTTP requests: the built page for anyone on this machine, pictures only with the token. */
export class PageServer {
  readonly #options: PageServerOptions;
  #unanswered = 0;
  #readAheadFor = -1;

  constructor(options: PageServerOptions) {
    this.#options = options;
  }

  async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#unanswered += 1;
    response.once('close', () => this.#answered(request, response));
    // Who has gone while the answer was made is told nothing.
    response.on('error', () => undefined);
    const isTaken = this.#options.connections.takes(request.socket, response);
    let answer: Answer;
    try {
      answer = isTaken ? await this.#answer(request) : tooMany;
    } catch (error) {
      answer = this.#failure(request, error);
    }
    response.writeHead(answer.status, { ...securityHeaders([]), ...answer.headers });
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  }

  /**
   * The script of the page asks for all pictures first: they are read while the browser compiles it, as
   * soon as nothing else is to be sent; once for each window, since anyone may ask for a script.
   */
  #answered({ url = '' }: IncomingMessage, { statusCode }: ServerResponse): void {
    this.#unanswered -= 1;
    if (this.#unanswered > 0 || statusCode !== 200 || !url.startsWith('/assets/')) return;
    const windows = this.#options.windowsSoFar();
    if (windows === this.#readAheadFor) return;
    this.#readAheadFor = windows;
    // What fails here fails again, and is told, when the page asks.
    this.#options.engine.call('library.samples', {}).catch(() => undefined);
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const { guard, connections } = this.#options;
    if (!guard.isFromHere(request)) return forbidden;
    if (bringsBody(request)) return hasBody;
    const isAcquainted = guard.mayHavePictures(request);
    if (isAcquainted && !connections.recognise(request.socket)) return tooMany;
    const url = parsedUrl(request);
    if (url === null) return notFound;
    if (url.pathname === '/session') return this.#openSession(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed;
    const address = pictureAddress(url);
    if (address === null) return this.#file(url.pathname);
    return isAcquainted ? this.#picture(address) : unauthorised;
  }

  async #file(path: string): Promise<Answer> {
    const { pageFolder } = this.#options;
    const file = pageFolder === null ? null : await readPageFile(pageFolder, path);
    if (file === null) return notFound;
    const cache = path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache';
    const headers = { 'Content-Type': file.contentType, 'Cache-Control': cache };
    return { status: 200, headers, body: file.bytes };
  }

  /** The reason may name the user's folders, which is nothing for strangers. */
  #failure(request: IncomingMessage, error: unknown): Answer {
    if (!this.#options.guard.mayHavePictures(request)) return failed;
    return refusal(500, error instanceof Error ? error.message : String(error));
  }

  async #picture(address: PictureAddress): Promise<Answer> {
    const picture = await readPictureFile(this.#options.engine, address);
    return picture ? { status: 200, headers: pictureHeaders(picture), body: picture } : notFound;
  }

  #openSession(request: IncomingMessage): Answer {
    const { guard } = this.#options;
    if (request.method !== 'POST') return notAllowed;
    if (!guard.isAuthorised(request)) return unauthorised;
    return { status: 204, headers: { 'Set-Cookie': guard.cookie() } };
  }
}

function bringsBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Null also for an address with a host of its own, as only proxies are asked for. */
function parsedUrl({ url = '' }: IncomingMessage): URL | null {
  if (!url.startsWith('/')) return null;
  // The base gives a relative address a host; the host of the request was checked already.
  const address = `http://page${url}`;
  return URL.canParse(address) ? new URL(address) : null;
}
