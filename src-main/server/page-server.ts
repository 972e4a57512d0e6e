import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EngineClient } from '../contract/client.ts';
import { readPageFile } from '../pages/page-file.ts';
import { pictureAddress, pictureHeaders, readPictureFile } from '../pages/picture-file.ts';
import { securityHeaders } from '../pages/security-headers.ts';
import type { RequestGuard } from './request-guard.ts';

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

const plainText = { 'Content-Type': 'text/plain; charset=utf-8' };
const notFound: Answer = { status: 404, headers: plainText, body: 'There is nothing here.\n' };
const notAllowed: Answer = { status: 405, headers: plainText, body: 'Not allowed.\n' };
const unauthorised: Answer = {
  status: 401,
  headers: plainText,
  body: 'Open the address that the server printed, with its token.\n',
};
const forbidden: Answer = {
  status: 403,
  headers: plainText,
  body: 'This server answers its own page only.\n',
};

/** Answers HTTP requests: the built page for anyone on this machine, pictures only with the token. */
export class PageServer {
  readonly #engine: EngineClient;
  readonly #guard: RequestGuard;
  readonly #pageFolder: string | null;
  #unanswered = 0;

  constructor(engine: EngineClient, guard: RequestGuard, pageFolder: string | null) {
    this.#engine = engine;
    this.#guard = guard;
    this.#pageFolder = pageFolder;
  }

  async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#unanswered += 1;
    response.once('close', () => this.#answered(request));
    let answer: Answer;
    try {
      answer = await this.#answer(request);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      answer = { status: 500, headers: plainText, body: `${reason}\n` };
    }
    response.writeHead(answer.status, { ...securityHeaders([]), ...answer.headers });
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  }

  /**
   * The script of the page asks for all pictures first: they are read while the browser compiles it, as
   * soon as nothing else is to be sent.
   */
  #answered({ url = '' }: IncomingMessage): void {
    this.#unanswered -= 1;
    if (this.#unanswered > 0 || !url.startsWith('/assets/')) return;
    // What fails here fails again, and is told, when the page asks.
    this.#engine.call('library.samples', {}).catch(() => undefined);
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    if (!this.#guard.isFromHere(request)) return forbidden;
    const url = parsedUrl(request);
    if (url === null) return notFound;
    if (url.pathname === '/session') return this.#openSession(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed;
    const address = pictureAddress(url);
    if (address !== null) {
      if (!this.#guard.isAuthorised(request)) return unauthorised;
      const picture = await readPictureFile(this.#engine, address);
      return picture ? { status: 200, headers: pictureHeaders(picture), body: picture } : notFound;
    }
    const folder = this.#pageFolder;
    const file = folder === null ? null : await readPageFile(folder, url.pathname);
    if (file === null) return notFound;
    const cache = url.pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache';
    const headers = { 'Content-Type': file.contentType, 'Cache-Control': cache };
    return { status: 200, headers, body: file.bytes };
  }

  #openSession(request: IncomingMessage): Answer {
    if (request.method !== 'POST') return notAllowed;
    if (!this.#guard.isAuthorised(request)) return unauthorised;
    return { status: 204, headers: { 'Set-Cookie': this.#guard.cookie() } };
  }
}

function parsedUrl(request: IncomingMessage): URL | null {
  // The base gives a relative address a host; the host of the request was checked already.
  const address = `http://page${request.url ?? '/'}`;
  return URL.canParse(address) ? new URL(address) : null;
}
