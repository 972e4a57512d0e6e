import type { EngineClient } from '../contract/client.ts';
import { connectChannel, type ConnectedEngine } from '../rpc/connect-channel.ts';
import { encodedChannel } from '../rpc/byte-channel.ts';
import type { EngineLink } from './engine-link.ts';

/** A library that is open: its file, and its name for people. */
export interface OpenLibrary {
  readonly file: string;
  readonly name: string;
}

interface AppEngineOptions {
  /** The open library's file and name, or null for none, whenever another one is open. */
  readonly onLibrary: (library: OpenLibrary | null) => void;
  readonly onError: (error: unknown) => void;
}

/** Main's own client of the engine that the app is linked to: made when needed, and after each loss. */
export class AppEngine {
  readonly #options: AppEngineOptions;
  #link: EngineLink;
  #client: Promise<ConnectedEngine> | null = null;

  constructor(link: EngineLink, options: AppEngineOptions) {
    this.#link = link;
    this.#options = options;
  }

  get link(): EngineLink {
    return this.#link;
  }

  /** Changes to another engine; returns the link before. */
  use(link: EngineLink): EngineLink {
    const former = this.#link;
    this.#link = link;
    void this.#client?.then((client) => client.close()).catch(() => undefined);
    this.#client = null;
    return former;
  }

  /** @throws EngineUnreachable */
  client(): Promise<EngineClient> {
    this.#client ??= this.#connect(this.#link);
    return this.#client;
  }

  async #connect(link: EngineLink): Promise<ConnectedEngine> {
    try {
      const client = connectChannel(encodedChannel(await link.open()));
      client.onClose(() => this.#forget(link));
      const follow = (): void => void this.#followLibrary(client);
      client.on('library', follow);
      follow();
      return client;
    } catch (error) {
      this.#forget(link);
      throw error;
    }
  }

  #forget(link: EngineLink): void {
    if (this.#link === link) this.#client = null;
  }

  async #followLibrary(client: EngineClient): Promise<void> {
    try {
      const { file, name } = await client.call('library.status', {});
      this.#options.onLibrary(file === null ? null : { file, name });
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
