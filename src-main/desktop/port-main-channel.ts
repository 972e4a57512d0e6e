import type { MessagePortMain } from 'electron';
import type { Channel } from '../rpc/channel.ts';

/** A channel over Electron's own kind of MessagePort, which main and utility processes have. */
export function portMainChannel(port: MessagePortMain): Channel {
  return {
    post: (message) => port.postMessage(message),
    listen(onMessage, onClose) {
      port.on('message', ({ data }) => onMessage(data));
      port.on('close', onClose);
      port.start();
    },
    close: () => port.close(),
  };
}
