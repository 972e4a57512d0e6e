import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** A screen of an X server that shows nothing to anybody. */
export interface VirtualDisplay {
  /** What DISPLAY is to be, as ":7". */
  readonly name: string;
  close(): Promise<void>;
}

const displayDescriptor = 3;

/** Starts Xvfb on a free display. */
export async function openVirtualDisplay(): Promise<VirtualDisplay> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', String(displayDescriptor), '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const numbers = server.stdio[displayDescriptor] as Readable;
  const [number] = (await once(numbers, 'data')) as [Buffer];
  return {
    name: `:${number.toString().trim()}`,
    close: async () => {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}
