import { createBirpc } from 'birpc';
import type { EngineClient } from '../contract/client.ts';
import { toErrorReport } from '../contract/errors/errors.ts';
import { events } from '../contract/events.ts';
import type { EventName } from '../contract/events.ts';
import type { MethodName } from '../contract/methods.ts';
import type { Channel } from './channel.ts';
import type { Answer, ClientFunctions, EngineFunctions } from './functions.ts';

/** Serves the engine to the client at the other end of `channel`: calls, and every event. */
export function serveChannel(engine: EngineClient, channel: Channel): void {
  const rpc = createBirpc<ClientFunctions, EngineFunctions, false>(functionsOf(engine), {
    post: (message) => channel.post(message),
    on: (listener) => channel.listen(listener, stop),
    proxify: false,
    // The client is told; thrown again, it would end the process for all of them.
    onGeneralError: () => true,
  });
  const unsubscribe = (Object.keys(events) as EventName[]).map((name) =>
    engine.on(name, (payload) => void tell(name, payload)),
  );
  async function tell(name: EventName, payload: unknown): Promise<void> {
    try {
      await rpc.$callEvent('event', name, payload);
    } catch (error) {
      // A client that missed news knows no more what is; it connects again, and asks.
      channel.close();
      throw error;
    }
  }
  function stop(): void {
    for (const leave of unsubscribe) leave();
    rpc.$close();
  }
}

/** Without those that every object has: a client may name `valueOf`, too, whose result cannot be sent. */
function functionsOf(engine: EngineClient): EngineFunctions {
  const functions: EngineFunctions = {
    call: (method, input) => answer(engine, method, input),
  };
  return Object.setPrototypeOf(functions, null) as EngineFunctions;
}

async function answer(engine: EngineClient, method: string, input: unknown): Promise<Answer> {
  try {
    // The engine checks both, since a channel may carry anything.
    return { ok: await engine.call(method as MethodName, input as never) };
  } catch (error) {
    return { error: toErrorReport(error) };
  }
}
