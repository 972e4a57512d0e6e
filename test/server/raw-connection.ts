import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection that is written byte for byte, as no client of HTTP would. */
export class RawConnection {
  readonly #socket: Socket;
  #heard = '';
  #isClosed = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (part: Buffer) => (this.#heard += part.toString('latin1')));
    socket.on('close', () => (this.#isClosed = true));
    // A reset is one way to be closed.
    socket.on('error', () => undefined);
  }

  /** All that has come so far. */
  get heard(): string {
    return this.#heard;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The status of the first answer; 0 where none has come. */
  get status(): number {
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(this.#heard)?.[1] ?? 0);
  }

  send(text: string | Uint8Array): this {
    this.#socket.write(text);
    return this;
  }

  /** Ends it without a word, while the other end may still write. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  /** Reads nothing any more: what comes fills the network. */
  stopReading(): void {
    this.#socket.pause();
  }

  readOn(): void {
    this.#socket.resume();
  }

  /** Resolves once the status of an answer has come, or none can come any more. */
  async answered(): Promise<number> {
    while (this.status === 0 && !this.#isClosed) {
      await new Promise((resolve) => this.#socket.once('data', resolve).once('close', resolve));
    }
    return this.status;
  }

  /** Resolves once the other end has closed, to all that has come. */
  async toEnd(): Promise<string> {
    if (!this.#isClosed) await new Promise((resolve) => this.#socket.once('close', resolve));
    return this.#heard;
  }
}

/** Opens a connection to a port of this machine. */
export async function openRaw(port: number): Promise<RawConnection> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: false });
  const connection = new RawConnection(socket);
  await once(socket, 'connect');
  return connection;
}

/** What a server answers to these lines of a request, which has it close the connection. */
export async function answerTo(port: number, lines: readonly string[]): Promise<RawConnection> {
  const connection = await openRaw(port);
  connection.send(`${lines.join('\r\n')}\r\n\r\n`);
  await connection.toEnd();
  return connection;
}

/** The lines of a request for a WebSocket. */
export function upgradeLines(port: number, ...more: readonly string[]): string[] {
  return [
    'GET /engine HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...more,
  ];
}
