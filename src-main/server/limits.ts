const [kilobyte, megabyte, second] = [1024, 1024 * 1024, 1000];

/** How much clients may take of a server; docs/security.md says why, in a table of these numbers. */
export interface ServerLimits {
  /** Connections that have shown no token yet; one more ends the one that has been open longest. */
  readonly strangers: number;
  /** Connections that have shown the token; one more is refused. */
  readonly acquaintances: number;
  /** Open WebSockets, as each window and each command has one; one more is refused. */
  readonly windows: number;
  /** Unanswered requests of one connection, and unanswered calls of one WebSocket; more must wait. */
  readonly requestsAtOnce: number;
  readonly callsAtOnce: number;
  /** Of a request's address with its headers. */
  readonly headerBytes: number;
  /** Of one message to the engine, and the values that it holds, each in each. */
  readonly messageBytes: number;
  readonly messageValues: number;
  readonly messageDepth: number;
  /** Messages to all windows together that those have not read: the one with most of them is closed. */
  readonly unreadBytes: number;
  /** From a connection's or request's begin to the end of its headers, and to its end. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** Without a byte either way while one is awaited. */
  readonly silentMs: number;
  /** From one ping to the next; a window that has answered none of so many is closed. */
  readonly pingMs: number;
  readonly unansweredPings: number;
  /** From the moment that a window is told that it is closed, to the end of its connection. */
  readonly closeMs: number;
}

/** The limits of every server, unless a test wants to wait for less. */
export const serverLimits: ServerLimits = {
  strangers: 128,
  acquaintances: 128,
  windows: 32,
  requestsAtOnce: 2,
  callsAtOnce: 64,
  headerBytes: 16 * kilobyte,
  messageBytes: 64 * megabyte,
  messageValues: 4_000_000,
  messageDepth: 64,
  unreadBytes: 256 * megabyte,
  headersMs: 20 * second,
  requestMs: 30 * second,
  silentMs: 120 * second,
  pingMs: 10 * second,
  unansweredPings: 3,
  closeMs: second,
};
