import type { Duplex } from 'node:stream';
import { securityHeaders } from '../pages/security-headers.ts';

/** Answers on a connection that HTTP's own parser has left, or not reached, and ends it. */
export function refuseSocket(socket: Duplex, status: string, sentence: string): void {
  // A peer that is gone already is an error of the socket: one that nobody listens to ends the process.
  socket.on('error', () => socket.destroy());
  const headers = Object.entries({
    ...securityHeaders([]),
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(`${sentence}\n`),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  // The peer's own end must not be awaited, which may never come.
  socket.end(`HTTP/1.1 ${status}\r\n${headers.join('')}\r\n${sentence}\n`, () => socket.destroy());
}
