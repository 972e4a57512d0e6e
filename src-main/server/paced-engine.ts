import type { EngineClient } from '../contract/client.ts';

/** Reads on or not: what a client sends meanwhile waits in the network. */
interface Reader {
  pause(): void;
  resume(): void;
}

/** The engine for a client that is not read while so many of its calls are not answered. */
export function pacedEngine(
  engine: EngineClient,
  callsAtOnce: number,
  reader: Reader,
): EngineClient {
  let unanswered = 0;
  return {
    on: (event, listener) => engine.on(event, listener),
    async call(method, input) {
      unanswered += 1;
      if (unanswered === callsAtOnce) reader.pause();
      try {
        return await engine.call(method, input);
      } finally {
        if (unanswered === callsAtOnce) reader.resume();
        unanswered -= 1;
      }
    },
  };
}
