import type { ErrorReport } from '../contract/errors/errors.ts';

/** The answer to a call. An error is sent as a report, since an Error would lose its code. */
export type Answer = { ok: unknown } | { error: ErrorReport };

/** The functions of the engine's end of a channel. */
export interface EngineFunctions {
  call(method: string, input: unknown): Promise<Answer>;
}

/** The functions of the client's end of a channel. */
export interface ClientFunctions {
  event(name: string, payload: unknown): void;
}
