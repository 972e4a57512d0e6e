import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ServerLimits } from './limits.ts';
import { refuseSocket } from './refuse-socket.ts';

/**
 * The connections to a server. Anyone may open one, so that of the strangers the newest are served: whoever has the
 * token shows it at once, and is no stranger any more. They cannot keep each other out, nor an acquaintance.
 */
export class OpenConnections {
  readonly #limits: Pick<ServerLimits, 'strangers' | 'acquaintances' | 'requestsAtOnce'>;
  /** The one that has been open longest is the first. */
  readonly #strangers = new Set<Socket>();
  readonly #acquaintances = new Set<Socket>();
  readonly #unanswered = new WeakMap<Socket, number>();

  constructor(limits: Pick<ServerLimits, 'strangers' | 'acquaintances' | 'requestsAtOnce'>) {
    this.#limits = limits;
  }

  add(socket: Socket): void {
    this.#strangers.add(socket);
    socket.once('close', () => this.release(socket));
    const [oldest] = this.#strangers;
    if (oldest !== undefined && this.#strangers.size > this.#limits.strangers) this.#end(oldest);
  }

  /** Takes note of a request on a connection; false where it has too many that are not answered yet. */
  takes(socket: Socket, response: ServerResponse): boolean {
    const unanswered = (this.#unanswered.get(socket) ?? 0) + 1;
    this.#unanswered.set(socket, unanswered);
    response.once('close', () =>
      this.#unanswered.set(socket, (this.#unanswered.get(socket) ?? 1) - 1),
    );
    return unanswered <= this.#limits.requestsAtOnce;
  }

  /** Takes note that a connection has shown the token; false where there are too many of those. */
  recognise(socket: Socket): boolean {
    if (this.#acquaintances.has(socket)) return true;
    if (this.#acquaintances.size >= this.#limits.acquaintances) return false;
    // One that was ended meanwhile stays ended.
    if (this.#strangers.delete(socket)) this.#acquaintances.add(socket);
    return true;
  }

  /** Counts a connection no longer. */
  release(socket: Socket): void {
    this.#strangers.delete(socket);
    this.#acquaintances.delete(socket);
  }

  #end(socket: Socket): void {
    this.release(socket);
    // Words amid an answer would be taken for a part of it.
    if ((this.#unanswered.get(socket) ?? 0) > 0) socket.destroy();
    else refuseSocket(socket, '503 Service Unavailable', 'Too many connections are open.');
  }
}
