import { WebSocket } from 'ws';
import type { RemoteAddress } from '../contract/remote-address.ts';
import { socketBytes } from '../rpc/socket-channel.ts';
import { EngineUnreachable, type EngineLink } from './engine-link.ts';

/** A machine that was switched off does not say so: one that answers no ping for so long is gone. */
const pingMs = 10_000;
const connectMs = 15_000;

/**
 * The engine of `negatoscope serve` on this or another machine. Main passes its bytes on, so that the
 * window's policy need not allow connections. A window that lost its way asks for a new one: where the
 * server runs again at the same address, it is found.
 */
export function remoteEngine(address: RemoteAddress): EngineLink {
  const sockets = new Set<WebSocket>();
  return {
    remoteName: address.host,
    async open() {
      const socket = await connect(address);
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socketBytes(socket);
    },
    close() {
      for (const socket of sockets) socket.close();
      return Promise.resolve();
    },
  };
}

async function connect({ origin, host, token }: RemoteAddress): Promise<WebSocket> {
  const socket = new WebSocket(
    `${origin.replace(/^http/, 'ws')}/engine`,
    ['negatoscope', `token.${token}`],
    { handshakeTimeout: connectMs },
  );
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    // After a refusal "close" follows too; without a listener an error would end main.
    socket.on('error', (error) => reject(unreachable(host, error)));
  });
  endWhenDead(socket);
  return socket;
}

function unreachable(host: string, error: Error): EngineUnreachable {
  const isRefused = /\b401\b|\b403\b/.test(error.message);
  return new EngineUnreachable({
    sentence: isRefused
      ? `The engine at ${host} does not know this token: copy the line that negatoscope serve printed there.`
      : `The engine at ${host} does not answer: start it there with negatoscope serve.`,
    log: '',
    isFinal: false,
  });
}

function endWhenDead(socket: WebSocket): void {
  let isAnswered = true;
  socket.on('pong', () => (isAnswered = true));
  const timer = setInterval(() => {
    if (!isAnswered) socket.terminate();
    isAnswered = false;
    socket.ping();
  }, pingMs);
  socket.once('close', () => clearInterval(timer));
}
