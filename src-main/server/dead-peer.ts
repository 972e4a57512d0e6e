import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { ServerLimits } from './limits.ts';

/**
 * Ends a WebSocket whose other end is gone without a word, or reads nothing of what waits for it. A machine that is
 * busy hears its pings late; so one that is not answered is none of a dead peer yet.
 */
export function endWhenDead(
  client: WebSocket,
  socket: Socket,
  { pingMs, unansweredPings, silentMs }: ServerLimits,
): void {
  let unanswered = 0;
  const hear = (): void => void (unanswered = 0);
  client.on('message', hear).on('ping', hear).on('pong', hear);
  const timer = setInterval(() => {
    // Behind what was not read yet a ping waits, too, and while we do not read, so does its answer.
    if (client.isPaused || socket.writableLength > 0) return;
    if (unanswered >= unansweredPings) client.terminate();
    else client.ping();
    unanswered += 1;
  }, pingMs);
  // Runs anew with each part of a message that the peer takes.
  socket.setTimeout(silentMs, () => client.terminate());
  client.once('close', () => clearInterval(timer));
}
