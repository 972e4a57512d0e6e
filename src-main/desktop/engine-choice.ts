import type { WantedRemoteEngine } from '../contract/desktop.ts';
import { toErrorReport } from '../contract/errors/errors.ts';
import { addressParts, remoteAddress, type AddressParts } from '../contract/remote-address.ts';
import type { EngineLink } from './engine-link.ts';
import type { KnownEngines } from './known-engines.ts';
import { remoteEngine } from './remote-engine.ts';

interface EngineChoiceOptions {
  readonly known: KnownEngines;
  readonly ownEngine: EngineLink;
  /** Uses another engine from now on. */
  readonly onUse: (link: EngineLink) => void;
  readonly onError: (what: string, error: unknown) => void;
}

/** Which engine the window uses: this machine's, or one that `negatoscope serve` runs. */
export class EngineChoice {
  readonly #options: EngineChoiceOptions;

  constructor(options: EngineChoiceOptions) {
    this.#options = options;
  }

  /**
   * The engine that the app begins with: the one at an address, the one that the user wants at each
   * start, or this machine's. @throws EngineError bad-argument
   */
  first(address: string): EngineLink {
    if (address !== '') return remoteEngine(remoteAddress(addressParts(address)));
    const wanted = this.#options.known.atStart();
    return wanted === null ? this.#options.ownEngine : remoteEngine(wanted);
  }

  /** Uses a remote engine that answers; else returns why it does not, and changes nothing. */
  async useRemote(wanted: WantedRemoteEngine): Promise<string | null> {
    const { known, onUse, onError } = this.#options;
    try {
      const address = remoteAddress(this.#withKnownToken(wanted));
      const link = remoteEngine(address);
      const way = await link.open();
      way.close();
      known.remember(address, wanted.isAtStart);
      onUse(link);
      return null;
    } catch (error) {
      onError('The remote engine was not opened:', error);
      return toErrorReport(error).message;
    }
  }

  useOwn(): void {
    this.#options.known.startWithOwn();
    this.#options.onUse(this.#options.ownEngine);
  }

  #withKnownToken({ address, token }: AddressParts): AddressParts {
    return token === ''
      ? { address, token: this.#options.known.token(address) ?? '' }
      : { address, token };
  }
}
