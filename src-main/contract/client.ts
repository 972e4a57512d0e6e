import type { EventName, EventPayload } from './events.ts';
import type { MethodInput, MethodName, MethodOutput } from './methods.ts';

/** The engine for any client, whatever carries the calls. */
export interface EngineClient {
  /** Calls a method of the engine; rejects with EngineError. */
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
  /** Listens to one kind of event; returns the function that stops it. */
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
}

/** An engine whose clients may each have a folder that relative paths of pictures begin at. */
export interface SharedEngine extends EngineClient {
  /** The engine for a client with this working folder (absolute). */
  from(workingFolder: string): EngineClient;
}
