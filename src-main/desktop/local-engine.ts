import { MessageChannelMain, utilityProcess } from 'electron';
import type { MessagePortMain, UtilityProcess } from 'electron';
import { connectChannel } from '../rpc/connect-channel.ts';
import type { ConnectedEngine } from '../rpc/connect-channel.ts';
import type { EngineLink } from './engine-link.ts';
import { portMainChannel } from './port-main-channel.ts';

interface LocalEngineOptions {
  /** The path of the bundled engine-process.js. */
  readonly entry: string;
  readonly dataFolder: string;
  readonly modelFolder: string;
  readonly workingFolder: string;
  /** A folder of pictures to scan and show first. */
  readonly folder: string | undefined;
}

const closePatienceMs = 8000;

/**
 * The engine in a utility process. When the process dies, its ports close, by which the window knows.
 * The next port starts it again, and it resumes the job that it died in.
 */
export class LocalEngine implements EngineLink {
  readonly remoteName = null;
  readonly #options: LocalEngineOptions;
  #process: UtilityProcess | null = null;
  #client: ConnectedEngine | null = null;

  constructor(options: LocalEngineOptions) {
    this.#options = options;
  }

  client(): ConnectedEngine {
    if (this.#client !== null) return this.#client;
    const client = connectChannel(portMainChannel(this.openPort()));
    client.onClose(() => (this.#client = null));
    this.#client = client;
    return client;
  }

  openPort(): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    this.#running().postMessage('connect', [port2]);
    return port1;
  }

  async close(): Promise<void> {
    const running = this.#process;
    if (running === null) return;
    const exited = new Promise((resolve) => running.once('exit', resolve));
    running.postMessage('close');
    const force = setTimeout(() => running.kill(), closePatienceMs);
    await exited;
    clearTimeout(force);
  }

  #running(): UtilityProcess {
    if (this.#process !== null) return this.#process;
    const { entry, dataFolder, modelFolder, workingFolder, folder } = this.#options;
    const args = [
      dataFolder,
      modelFolder,
      workingFolder,
      ...(folder === undefined ? [] : [folder]),
    ];
    const started = utilityProcess.fork(entry, args, { serviceName: 'Negatoscope engine' });
    started.once('exit', () => {
      if (this.#process !== started) return;
      this.#process = null;
      this.#client?.close();
    });
    this.#process = started;
    return started;
  }
}
