import type { EventName, EventPayload } from './events.ts';
import type { MethodInput, MethodName, MethodOutput } from './methods.ts';

/** The engine as any client sees it, whatever carries the calls. */
export interface EngineClient {
  /** Asks the engine; rejects with EngineError. */
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
  /** Listens to one kind of event; returns the way to stop. */
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
}
