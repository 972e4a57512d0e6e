import type { ErrorReport } from '../contract/errors.ts';

/** The answer to a call: errors travel as reports, since an Error loses its code on the way. */
export type Answer = { ok: unknown } | { error: ErrorReport };

/** What the engine's end of a channel offers. */
export interface EngineFunctions {
  call(method: string, input: unknown): Promise<Answer>;
}

/** What the client's end offers. */
export interface ClientFunctions {
  event(name: string, payload: unknown): void;
}
