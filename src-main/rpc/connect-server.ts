import { EngineError } from '../contract/errors/errors.ts';
import { connectChannel } from './connect-channel.ts';
import type { ConnectedEngine } from './connect-channel.ts';
import { socketChannel } from './socket-channel.ts';

/**
 * Connects to the engine of a server by its origin (`http://127.0.0.1:4000`) and its token; relative
 * paths of pictures begin at `workingFolder` on the server's machine.
 * @throws EngineError disconnected when there is no answer, or the token is not the server's
 */
export async function connectServer(
  origin: string,
  token: string,
  workingFolder?: string,
): Promise<ConnectedEngine> {
  const query = workingFolder === undefined ? '' : `?folder=${encodeURIComponent(workingFolder)}`;
  const address = `${origin.replace(/^http/, 'ws')}/engine${query}`;
  const socket = new WebSocket(address, ['negatoscope', `token.${token}`]);
  await new Promise<void>((resolve, reject) => {
    const refuse = (): void =>
      reject(
        new EngineError(
          'disconnected',
          `The engine at ${origin} does not answer, or does not know this token.`,
        ),
      );
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', refuse);
    socket.addEventListener('close', refuse);
  });
  return connectChannel(socketChannel(socket));
}
