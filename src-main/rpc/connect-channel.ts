import { createBirpc } from 'birpc';
import type { EngineClient } from '../contract/client.ts';
import { EngineError, fromErrorReport } from '../contract/errors/errors.ts';
import type { EventName, EventPayload } from '../contract/events.ts';
import type { MethodInput, MethodName, MethodOutput } from '../contract/methods.ts';
import type { Channel } from './channel.ts';
import type { ClientFunctions, EngineFunctions } from './functions.ts';

/** A client of the engine at the other end of a channel. */
export interface ConnectedEngine extends EngineClient {
  /** Calls `listener` once, when the channel has closed for any reason. */
  onClose(listener: () => void): void;
  close(): void;
}

/**
 * Makes a client of the engine that is served at the other end of `channel`. Once the channel is
 * closed, waiting and later calls reject with EngineError `disconnected`.
 */
export function connectChannel(channel: Channel): ConnectedEngine {
  return new ChannelClient(channel);
}

type Listener = (payload: never) => void;

class ChannelClient implements ConnectedEngine {
  readonly #channel: Channel;
  readonly #rpc;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #closed = Promise.withResolvers<undefined>();

  constructor(channel: Channel) {
    this.#channel = channel;
    this.#rpc = createBirpc<EngineFunctions, ClientFunctions, false>(
      { event: (name, payload) => this.#deliver(name, payload) },
      {
        post: (message) => channel.post(message),
        on: (listener) => channel.listen(listener, () => this.#disconnect()),
        proxify: false,
        // Opening a big library may take longer than a sensible limit for other calls.
        timeout: -1,
      },
    );
  }

  async call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    if (this.#rpc.$closed) throw disconnected();
    const answer = await this.#rpc.$call('call', method, input);
    if ('error' in answer) throw fromErrorReport(answer.error);
    return answer.ok as MethodOutput<M>;
  }

  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  onClose(listener: () => void): void {
    void this.#closed.promise.then(listener);
  }

  close(): void {
    this.#channel.close();
    this.#disconnect();
  }

  #deliver(name: string, payload: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  }

  #disconnect(): void {
    if (this.#rpc.$closed) return;
    this.#rpc.$close(disconnected());
    this.#closed.resolve(undefined);
  }
}

function disconnected(): EngineError {
  return new EngineError('disconnected', 'The connection to the engine was lost.');
}
