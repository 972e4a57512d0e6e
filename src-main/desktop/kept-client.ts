import { encodedChannel } from '../rpc/byte-channel.ts';
import { connectChannel, type ConnectedEngine } from '../rpc/connect-channel.ts';
import type { EngineLink } from './engine-link.ts';

interface KeptClientOptions {
  /** A client was made: the place to listen to its events. */
  readonly onConnected: (client: ConnectedEngine) => void;
  /** The way to the engine was lost, and not because of `close`. */
  readonly onLost: () => void;
}

/** Main's own client of one engine: made when it is needed, and anew after each loss. */
export class KeptClient {
  readonly #link: EngineLink;
  readonly #options: KeptClientOptions;
  #client: Promise<ConnectedEngine> | null = null;
  #isClosed = false;

  constructor(link: EngineLink, options: KeptClientOptions) {
    this.#link = link;
    this.#options = options;
  }

  /** Whether there is a way to the engine, or one is being made. */
  get isConnected(): boolean {
    return this.#client !== null;
  }

  /** @throws EngineUnreachable */
  get(): Promise<ConnectedEngine> {
    this.#client ??= this.#open();
    return this.#client;
  }

  close(): void {
    this.#isClosed = true;
    void this.#client?.then((client) => client.close()).catch(() => undefined);
  }

  async #open(): Promise<ConnectedEngine> {
    try {
      const client = connectChannel(encodedChannel(await this.#link.open()));
      client.onClose(() => {
        this.#client = null;
        if (!this.#isClosed) this.#options.onLost();
      });
      this.#options.onConnected(client);
      return client;
    } catch (error) {
      this.#client = null;
      throw error;
    }
  }
}
