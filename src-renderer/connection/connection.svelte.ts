import type { EngineRefusal } from '../../src-main/contract/desktop.ts';
import type { EngineClient } from '../../src-main/contract/client.ts';
import { EngineError } from '../../src-main/contract/errors/errors.ts';
import type { EventName, EventPayload } from '../../src-main/contract/events.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../src-main/contract/methods.ts';
import { EngineRefused } from './desktop-bridge.ts';

/** One live link to an engine; `closed` settles with the reason once the link is lost. */
export interface EngineLink {
  readonly client: EngineClient;
  readonly closed: Promise<string>;
}

export type ConnectEngine = () => Promise<EngineLink>;

type Subscribe = (client: EngineClient) => void;

/** The way to the engine: calls go through it, and listeners survive a reconnection. */
export class Connection implements EngineClient {
  state = $state<'connecting' | 'open' | 'lost'>('connecting');
  reason = $state('');
  /** Why the desktop shell gives no way to the engine; null where it gives one, and in a browser. */
  refusal = $state.raw<EngineRefusal | null>(null);
  /** For how many seconds the engine of the desktop shell has not answered; null while it does. */
  silence = $state<number | null>(null);
  #client: EngineClient | null = null;
  readonly #connect: ConnectEngine;
  #subscriptions: readonly Subscribe[] = [];

  constructor(connect: ConnectEngine) {
    this.#connect = connect;
  }

  /** Connects, or connects again; `reason` says why it failed. */
  async open(): Promise<void> {
    this.state = 'connecting';
    try {
      const link = await this.#connect();
      this.#client = link.client;
      for (const subscribe of this.#subscriptions) subscribe(link.client);
      this.state = 'open';
      this.refusal = null;
      void link.closed.then((reason) => this.#lose(reason));
    } catch (error) {
      this.refusal = error instanceof EngineRefused ? error.refusal : null;
      this.#lose(error instanceof Error ? error.message : String(error));
    }
  }

  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    if (!this.#client) {
      return Promise.reject(
        new EngineError('disconnected', 'There is no connection to the engine.'),
      );
    }
    return this.#client.call(method, input);
  }

  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    let stop = (): void => undefined;
    const subscribe: Subscribe = (client) => {
      stop = client.on(event, listener);
    };
    this.#subscriptions = [...this.#subscriptions, subscribe];
    if (this.#client) subscribe(this.#client);
    return () => {
      this.#subscriptions = this.#subscriptions.filter((other) => other !== subscribe);
      stop();
    };
  }

  #lose(reason: string): void {
    this.#client = null;
    this.silence = null;
    this.reason = reason;
    this.state = 'lost';
  }
}
