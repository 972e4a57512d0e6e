import type { EngineClient } from '../../src-main/contract/client.ts';
import { EngineError } from '../../src-main/contract/errors/errors.ts';
import type { EventName, EventPayload } from '../../src-main/contract/events.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../src-main/contract/methods.ts';
import { defaultPassOn } from '../../src-main/contract/pass-on.ts';
import { Connection, type ConnectEngine } from '../../src-renderer/connection/connection.svelte.ts';

/** What an engine answers, method by method; it may throw, or answer later. */
export type Answers = {
  readonly [M in MethodName]?: (
    input: MethodInput<M>,
  ) => MethodOutput<M> | Promise<MethodOutput<M>>;
};
type Listener = (payload: never) => void;

/** How verdicts pass on where nobody chose. */
const defaultChoice = { passOn: defaultPassOn, isChosen: false };

/** Stands in for an engine where a test decides when, and whether, it answers. */
export class AnsweringClient implements EngineClient {
  /** What was asked, in order. */
  readonly calls: { readonly method: MethodName; readonly input: unknown }[] = [];
  readonly #answers: Answers;
  readonly #listeners = new Map<EventName, Set<Listener>>();

  constructor(answers: Answers) {
    this.#answers = { 'verdicts.passOn': () => defaultChoice, ...answers };
  }

  async call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    this.calls.push({ method, input });
    const answer: Answers[M] = this.#answers[method];
    if (!answer) throw new EngineError('internal', `No answer to ${method} was prepared.`);
    return await answer(input);
  }

  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set<Listener>();
    this.#listeners.set(event, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** Tells what an engine tells unasked. */
  tell<E extends EventName>(event: E, payload: EventPayload<E>): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload as never);
  }

  /** The inputs of every call of a method, in order. */
  inputsOf(method: MethodName): unknown[] {
    return this.calls.filter((call) => call.method === method).map(({ input }) => input);
  }
}

/** The way to a client, whose connection is never closed. */
export function wayTo(client: EngineClient): ConnectEngine {
  const closed = new Promise<string>(() => undefined);
  return () => Promise.resolve({ client, closed });
}

/** An open connection to a client. */
export async function connectionTo(client: EngineClient): Promise<Connection> {
  const connection = new Connection(wayTo(client));
  await connection.open();
  return connection;
}
