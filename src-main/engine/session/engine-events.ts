import { EngineError, toErrorReport } from '../../contract/errors/errors.ts';
import type { EventName, EventPayload } from '../../contract/events.ts';

type Listener = (payload: never) => void;

/** The listeners of the engine's events. */
export class EngineEvents {
  readonly #listeners = new Map<EventName, Set<Listener>>();

  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** Calls every listener; one that throws keeps no other from its news. */
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      this.guard(() => this.#tell(event, listener, payload));
    }
  }

  /**
   * Runs what no caller waits for. A failure that a user can mend is told to every client; a fault of
   * ours is thrown once the present work is over, for the process's own catcher (`outliveErrors`). Returns
   * what the work does, undefined where it failed.
   */
  guard<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (error instanceof EngineError) this.emit('fault', toErrorReport(error));
      else process.nextTick(() => throwError(error));
      return undefined;
    }
  }

  #tell(event: EventName, listener: Listener, payload: unknown): void {
    try {
      listener(payload as never);
    } catch (error) {
      // It would be told of its own failure next, without end.
      if (event === 'fault') this.#listeners.get(event)?.delete(listener);
      throw error;
    }
  }
}

function throwError(error: unknown): never {
  throw error;
}
