import type { EngineClient } from '../../src-main/contract/client.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../src-main/contract/methods.ts';
import { Connection } from '../../src-renderer/state/connection.svelte.ts';

/** What an engine answers, method by method; it may throw, or answer later. */
export type Answers = {
  readonly [M in MethodName]?: (
    input: MethodInput<M>,
  ) => MethodOutput<M> | Promise<MethodOutput<M>>;
};

/** Every call of an engine that answers so, and the calls that it got. */
export class ScriptedEngine implements EngineClient {
  readonly calls: (readonly [method: MethodName, input: unknown])[] = [];
  readonly #answers: Answers;

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  async call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    this.calls.push([method, input]);
    const answer = this.#answers[method];
    if (!answer) throw new Error(`The test's engine does not answer ${method}.`);
    return await answer(input);
  }

  on(): () => void {
    return () => undefined;
  }

  /** An open connection to it. */
  async connect(): Promise<Connection> {
    const closed = new Promise<string>(() => undefined);
    const connection = new Connection(() => Promise.resolve({ client: this, closed }));
    await connection.open();
    return connection;
  }
}
