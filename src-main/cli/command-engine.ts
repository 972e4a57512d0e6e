import { setTimeout } from 'node:timers/promises';
import { checkInput } from '../contract/check-input.ts';
import type { EngineClient } from '../contract/client.ts';
import { EngineError } from '../contract/errors/errors.ts';
import type { EventName, EventPayload } from '../contract/events.ts';
import type { MethodInput, MethodName, MethodOutput } from '../contract/methods.ts';
import type { Engine } from '../engine/engine.ts';
import type { ConnectedEngine } from '../rpc/connect-channel.ts';
import type { FoundEngine } from './running-engine.ts';

interface CommandEngineOptions {
  /** Makes an engine of this process, with no library open. */
  readonly create: () => Promise<Engine>;
  /** The library to open, as `library.open` takes it. */
  readonly choice: MethodInput<'library.open'>;
  /** Looks for an engine that runs elsewhere and has the library open. */
  readonly findRunning: () => Promise<FoundEngine>;
}

type Opened = { readonly own: Engine } | { readonly running: ConnectedEngine };
type Subscription = { leave: () => void };

const startingPatienceMs = 3000;
const betweenLooksMs = 200;

/**
 * The engine of one command: that of the app or server that has the library open, else one of this
 * process. The library is opened by the first call whose input is valid, so wrong options are told
 * before anything about the library.
 */
export class CommandEngine implements EngineClient {
  readonly #options: CommandEngineOptions;
  readonly #pending = new Map<Subscription, (engine: EngineClient) => () => void>();
  readonly #lost = Promise.withResolvers<never>();
  #opening: Promise<Opened> | null = null;
  #opened: Opened | null = null;
  /** The check whether the running engine still has the library open. */
  #checking: Promise<void> = Promise.resolve();

  constructor(options: CommandEngineOptions) {
    this.#options = options;
    // A command without a job never waits for this.
    this.#lost.promise.catch(() => undefined);
  }

  /** Whether the engine runs elsewhere, and goes on when this command ends. */
  get isShared(): boolean {
    return this.#opened !== null && 'running' in this.#opened;
  }

  /** Rejects when an engine that runs elsewhere ends, or opens another library. */
  get lost(): Promise<never> {
    return this.#lost.promise;
  }

  async call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    checkInput(method, input);
    const opened = await (this.#opening ??= this.#open());
    await this.#checking;
    return await clientOf(opened).call(method, input);
  }

  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    if (this.#opened !== null) return clientOf(this.#opened).on(event, listener);
    const subscription: Subscription = { leave: () => void this.#pending.delete(subscription) };
    this.#pending.set(subscription, (engine) => engine.on(event, listener));
    return () => subscription.leave();
  }

  /** Closes the library where it is this command's own; an engine elsewhere goes on. */
  async close(): Promise<void> {
    const opened = await this.#opening?.catch(() => null);
    if (!opened) return;
    if ('own' in opened) await opened.own.close();
    else opened.running.close();
  }

  async #open(): Promise<Opened> {
    const { findRunning } = this.#options;
    const found = await findRunning();
    const opened = found.client ? this.#share(found.client) : await this.#openOwn(found);
    this.#opened = opened;
    for (const [subscription, subscribe] of this.#pending) {
      subscription.leave = subscribe(clientOf(opened));
    }
    this.#pending.clear();
    return opened;
  }

  async #openOwn(before: FoundEngine): Promise<Opened> {
    const { create, choice, findRunning } = this.#options;
    const own = await create();
    try {
      await own.call('library.open', choice);
      return { own };
    } catch (error) {
      await own.close();
      if (!(error instanceof EngineError) || error.code !== 'library-in-use') throw error;
      let found = before;
      // The app may be opening this library at the very moment.
      for (let waited = 0; found.isAny && !found.obstacle && waited < startingPatienceMs;) {
        found = await findRunning();
        if (found.client) return this.#share(found.client);
        await setTimeout(betweenLooksMs);
        waited += betweenLooksMs;
      }
      if (found.obstacle === null) throw error;
      throw new EngineError(error.code, `${error.message} ${found.obstacle}`, { cause: error });
    }
  }

  #share(running: ConnectedEngine): Opened {
    running.onClose(() => this.#lose('was closed'));
    const file = running.call('library.status', {}).then((status) => status.file);
    running.on('library', () => {
      this.#checking = this.#checking.then(async () => {
        const now = await running.call('library.status', {});
        if (now.file !== (await file)) throw this.#lose('has opened another library');
      });
      this.#checking.catch(() => undefined);
    });
    return { running };
  }

  #lose(how: string): EngineError {
    const error = new EngineError(
      'disconnected',
      `The app that worked for this command ${how}. What was done is saved: the same command goes on from there.`,
    );
    this.#lost.reject(error);
    return error;
  }
}

function clientOf(opened: Opened): EngineClient {
  return 'own' in opened ? opened.own : opened.running;
}
