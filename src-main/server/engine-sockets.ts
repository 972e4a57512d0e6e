import type { IncomingMessage } from 'node:http';
import { isAbsolute } from 'node:path';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { EngineClient, SharedEngine } from '../contract/client.ts';
import { encodedChannel } from '../rpc/byte-channel.ts';
import { serveChannel } from '../rpc/serve-channel.ts';
import { socketBytes } from '../rpc/socket-channel.ts';
import type { ServerLimits } from './limits.ts';
import { withinLimits } from './message-limits.ts';
import { endWhenDead } from './dead-peer.ts';
import { pacedEngine } from './paced-engine.ts';

/** The subprotocol of our WebSocket; the token is a second one, `token.<token>`. */
const protocol = 'negatoscope';
const tryAgainLater = 1013;
const serverEnds = 1001;

/** The WebSockets by which windows and commands reach the engine. */
export class EngineSockets {
  readonly #engine: EngineClient & Partial<SharedEngine>;
  readonly #limits: ServerLimits;
  readonly #server: WebSocketServer;
  #opened = 0;

  constructor(engine: EngineClient & Partial<SharedEngine>, limits: ServerLimits) {
    this.#engine = engine;
    this.#limits = limits;
    const options = {
      noServer: true,
      maxPayload: limits.messageBytes,
      // A few bytes may unfold to any number of them.
      perMessageDeflate: false,
      // Its types do not know this one yet.
      closeTimeout: limits.closeMs,
      handleProtocols: (offered: Set<string>) => (offered.has(protocol) ? protocol : false),
    };
    this.#server = new WebSocketServer(options);
  }

  /** How many were opened so far. */
  get opened(): number {
    return this.#opened;
  }

  get isFull(): boolean {
    return this.#server.clients.size >= this.#limits.windows;
  }

  /** Opens the WebSocket that an authorised request asks for. */
  open(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (client) => {
      this.#opened += 1;
      endWhenDead(client, request.socket, this.#limits);
      const bytes = socketBytes(client);
      const send = (message: Uint8Array<ArrayBuffer>): void => {
        bytes.send(message);
        this.#closeWorstReader();
      };
      const channel = encodedChannel(withinLimits({ ...bytes, send }, this.#limits));
      serveChannel(
        pacedEngine(engineFor(this.#engine, request), this.#limits.callsAtOnce, client),
        channel,
      );
    });
  }

  /** Tells all clients that the server ends; `terminate` ends those that do not answer that. */
  close(): void {
    for (const client of this.#server.clients) client.close(serverEnds, 'the server ends');
    this.#server.close();
  }

  terminate(): void {
    for (const client of this.#server.clients) client.terminate();
  }

  /** Closes the client that has most to read, where all together have too much. */
  #closeWorstReader(): void {
    let unread = 0;
    let worst: WebSocket | null = null;
    for (const client of this.#server.clients) {
      if (client.readyState !== client.OPEN) continue;
      unread += client.bufferedAmount;
      if (worst === null || client.bufferedAmount > worst.bufferedAmount) worst = client;
    }
    if (worst === null || unread <= this.#limits.unreadBytes) return;
    worst.close(tryAgainLater, 'The answers to this client were not read: it is closed.');
  }
}

/** The engine as the client wants it, whose address may name the folder that it works in. */
function engineFor(
  engine: EngineClient & Partial<SharedEngine>,
  { url = '' }: IncomingMessage,
): EngineClient {
  const folder = new URLSearchParams(url.split('?')[1]).get('folder');
  const isFolder = folder !== null && isAbsolute(folder);
  return isFolder && engine.from ? engine.from(folder) : engine;
}
