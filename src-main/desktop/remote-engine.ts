import { MessageChannelMain } from 'electron';
import type { MessagePortMain } from 'electron';
import { EngineError } from '../contract/errors/errors.ts';
import type { ConnectedEngine } from '../rpc/connect-channel.ts';
import { connectServer } from '../rpc/connect-server.ts';
import { serveChannel } from '../rpc/serve-channel.ts';
import type { EngineLink } from './engine-link.ts';
import { portMainChannel } from './port-main-channel.ts';

/**
 * Connects to the engine of `negatoscope serve` by the address that it printed
 * (`http://127.0.0.1:4000/#token=…`). Main passes the engine's answers on, so that the window's policy
 * need not allow connections.
 * @throws EngineError bad-argument for another kind of address, disconnected when there is no answer
 */
export async function openRemoteEngine(address: string): Promise<EngineLink> {
  const url = URL.parse(address.trim());
  const token = new URLSearchParams(url?.hash.slice(1)).get('token');
  if (url === null || !/^https?:$/.test(url.protocol) || token === null) {
    throw new EngineError(
      'bad-argument',
      'That is not the address of an engine: copy the whole line that negatoscope serve printed, with its token.',
    );
  }
  return remoteLink(await connectServer(url.origin, token), url.host);
}

function remoteLink(client: ConnectedEngine, host: string): EngineLink {
  const ports = new Set<MessagePortMain>();
  client.onClose(() => {
    for (const port of ports) port.close();
  });
  return {
    remoteName: host,
    client: () => client,
    openPort() {
      const { port1, port2 } = new MessageChannelMain();
      ports.add(port2);
      serveChannel(client, portMainChannel(port2));
      return port1;
    },
    close() {
      client.close();
      return Promise.resolve();
    },
  };
}
