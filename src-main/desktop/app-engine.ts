import type { EngineClient } from '../contract/client.ts';
import type { RecentLibrary } from '../contract/library.ts';
import type { EngineLink } from './engine-link.ts';
import { KeptClient } from './kept-client.ts';

/** A library that is open: its file, and its name for people. */
export interface OpenLibrary {
  readonly file: string;
  readonly name: string;
}

interface AppEngineOptions {
  /** The open library's file and name, or null for none, whenever another one is open. */
  readonly onLibrary: (library: OpenLibrary | null) => void;
  /** The libraries that were opened last, the newest first, whenever another one is open. */
  readonly onRecent: (recent: readonly RecentLibrary[]) => void;
  readonly onError: (error: unknown) => void;
}

/** The engine that the app is linked to, which main follows with a client of its own. */
export class AppEngine {
  readonly #options: AppEngineOptions;
  #link: EngineLink;
  #client: KeptClient;

  constructor(link: EngineLink, options: AppEngineOptions) {
    this.#options = options;
    this.#link = link;
    this.#client = this.#clientOf(link);
  }

  get link(): EngineLink {
    return this.#link;
  }

  /** Changes to another engine; returns the link before. */
  use(link: EngineLink): EngineLink {
    const former = this.#link;
    this.#client.close();
    this.#link = link;
    this.#client = this.#clientOf(link);
    return former;
  }

  /** @throws EngineUnreachable */
  client(): Promise<EngineClient> {
    return this.#client.get();
  }

  #clientOf(link: EngineLink): KeptClient {
    return new KeptClient(link, {
      onConnected: (client) => {
        const follow = (): void => void this.#followLibrary(client);
        client.on('library', follow);
        follow();
      },
      onLost: () => undefined,
    });
  }

  async #followLibrary(client: EngineClient): Promise<void> {
    try {
      const { file, name } = await client.call('library.status', {});
      this.#options.onLibrary(file === null ? null : { file, name });
      this.#options.onRecent(await client.call('library.recent', {}));
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
